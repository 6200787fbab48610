"""The file of a case and its letters as documents."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from proviso.documents import Block, Document, Fields, Heading, Paragraph, Table
from proviso.records.audit.models import Entry
from proviso.records.cases.models import PartyRole
from proviso.records.cases.selectors.cases import CaseFile, LetterShown
from proviso.records.evidence.models import CustodyEntry
from proviso.records.evidence.selectors.items import ListedItem
from proviso.web.cases.shown import step_words
from proviso.wording.clauses import case_name, letter_name
from proviso.wording.localised import unmarked


def case_document(file: CaseFile, evidence: Sequence[Block], readings: Sequence[Entry], moment: datetime) -> Document:
    """Return the whole file of a case: an index first, then its parts, and who read it last."""
    case = file.case
    title = _("Case %(reference)s") % {"reference": case.reference}
    parts: list[tuple[str, list[Block]]] = [
        (_("The case"), list(_head(file))),
        (_("People"), [_people(file)]),
        (_("Steps"), [_steps(file)]),
        (_("Decisions"), list(_decisions(file))),
        (_("Chronology"), [_chronology(file)]),
        (_("Evidence"), list(evidence)),
        (_("Letters"), list(_letters(file))),
        (_("Who read it"), [_readings(readings)]),
    ]
    index = Table(
        _("What is in this file"),
        (_("Part"), _("What")),
        tuple((str(number), name) for number, (name, _blocks) in enumerate(parts, start=1)),
        (1, 9),
    )
    blocks: list[Block] = [
        Paragraph(_("Confidential. Third parties are named: check before you share any of it.")),
        index,
    ]
    for number, (name, inside) in enumerate(parts, start=1):
        blocks += [Heading(f"{number}. {name}"), *inside]
    return _document(title, file.case.establishment.name, localdate(moment), blocks)


def evidence_table(items: Sequence[ListedItem], custody: Mapping[int, Sequence[CustodyEntry]]) -> list[Block]:
    """Return the evidence with its hashes, and what was done with each item; the files themselves go out as a ZIP."""
    if not items:
        return [Paragraph(_("There is no evidence in this case."))]
    listed = tuple(
        (each.item.label, each.name or each.item.get_state_display(), _when(each.item.captured_at), each.item.sha256)
        for each in items
    )
    done = tuple(
        (each.item.label, _when(entry.at), entry.by.name if entry.by else "Proviso", entry.get_event_display())
        for each in items
        for entry in custody.get(each.item.pk, ())
    )
    return [
        Table(_("Items of evidence"), (_("Item"), _("Name"), _("Came in"), "SHA-256"), listed, (1, 4, 3, 7)),
        Table(_("Custody log"), (_("Item"), _("When"), _("Who"), _("What was done")), done, (1, 3, 3, 4)),
    ]


def letter_document(shown: LetterShown, on: date) -> Document:
    """Return a letter, in its own language."""
    with override(shown.letter.language):
        case = shown.letter.case
        dated = localdate(shown.letter.sent_at) if shown.letter.sent_at else on
        blocks: list[Block] = [Paragraph(date_format(dated, "j F Y"))]
        blocks += [Paragraph(line) for line in shown.body.split("\n") if line.strip()]
        return _document(shown.subject, case.establishment.name, dated, blocks, case.reference)


def _document(title: str, author: str, dated: date, blocks: Sequence[Block], footer: str = "") -> Document:
    return Document(
        language="cy" if get_language() == "cy" else "en-gb",
        dated=dated,
        title=title,
        subtitle=author,
        author=author,
        header=(author, "" if footer else title),
        footer=footer or title,
        # Translators: the two marks stand for the number of the page and of all pages.
        page=_("Page {page} of {pages}"),
        blocks=tuple(blocks),
    )


def _head(file: CaseFile) -> Iterator[Block]:
    case = file.case
    pairs = [
        (_("About"), file.title),
        (_("Kind"), unmarked(case_name(case.kind))),
        (_("State"), case.get_state_display()),
        (_("The school came to know"), date_format(case.aware_on, "j F Y")),
        (_("Opened"), f"{_when(case.opened_at)}, {case.opened_by.name}"),
        (_("Harm threshold"), case.get_harm_threshold_display() if case.matter == "adult" else ""),
        (_("Outcome"), case.get_outcome_display()),
        (_("Reasons"), file.closing_reasons),
        (_("Closed"), _when(case.closed_at) if case.closed_at else ""),
        (_("Legal hold since"), _when(case.held_at) if case.held_at else ""),
        (_("Concerns"), ", ".join(concern.reference for concern in file.concerns)),
    ]
    yield Fields(tuple((name, value) for name, value in pairs if value))


def _people(file: CaseFile) -> Block:
    rows = tuple(
        (each.name, str(PartyRole(each.party.role).label), each.wishes or "–", _when(each.party.added_at))
        for each in file.parties
    )
    return Table(_("People in the case"), (_("Name"), _("Part"), _("Wishes"), _("Since")), rows, (3, 3, 5, 3))


def _steps(file: CaseFile) -> Block:
    rows = tuple(
        (
            unmarked(step_words(each.step, file.case)),
            each.step.clause_label,
            date_format(each.step.due_on, "j M Y") if each.step.due_on else "–",
            each.step.get_state_display() + (f": {each.reason}" if each.reason else ""),
        )
        for each in file.steps
    )
    return Table(_("Steps of the case"), (_("What"), _("Clause"), _("By"), _("What became of it")), rows, (5, 2, 2, 5))


def _decisions(file: CaseFile) -> Iterator[Block]:
    for each in file.decisions:
        yield Heading(f"{each.decision.get_kind_display()}: {each.decision.choice}", level=2)
        yield Fields(
            (
                (_("Decided by"), f"{each.decision.decided_by.name}, {_when(each.decision.decided_at)}"),
                *((name, value) for name, value in each.answers.items() if value),
                (_("Reasons"), each.reasons),
            )
        )
    if not file.decisions:
        yield Paragraph(_("None."))


def _chronology(file: CaseFile) -> Block:
    rows = tuple(
        (_when(each.entry.at), each.entry.author.name, str(each.entry.get_kind_display()), each.text)
        for each in file.chronology
    )
    return Table(_("Every entry"), (_("When"), _("Who"), _("What"), _("Text")), rows, (3, 3, 3, 7))


def _letters(file: CaseFile) -> Iterator[Block]:
    for each in file.letters:
        letter = each.letter
        yield Heading(f"{unmarked(letter_name(letter.kind))}: {letter.get_state_display()}", level=2)
        pairs = [
            (_("To"), each.recipient),
            (_("Subject"), each.subject),
            (_("Written by"), letter.author.name),
            (_("Approved by"), letter.approver.name if letter.approver and letter.approved_at else ""),
            (_("Sent"), f"{_when(letter.sent_at)}, {letter.sent_how}" if letter.sent_at else ""),
            (_("SHA-256 of the text"), letter.sha256),
        ]
        yield Fields(tuple((name, value) for name, value in pairs if value))
        for line in each.body.split("\n"):
            if line.strip():
                yield Paragraph(line)
    if not file.letters:
        yield Paragraph(_("None."))


def _readings(readings: Sequence[Entry]) -> Block:
    rows = tuple(
        (_when(entry.at), entry.actor.name if entry.actor else "Proviso", entry.sentence) for entry in readings
    )
    return Table(
        _("Who opened the case or took its file out"), (_("When"), _("Who"), _("What was done")), rows, (3, 3, 6)
    )


def _when(moment: datetime | None) -> str:
    return date_format(localtime(moment), "j M Y, H:i") if moment else ""
