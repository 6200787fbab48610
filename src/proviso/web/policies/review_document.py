"""What a review finds in a version, as a document to share."""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from proviso import documents
from proviso.rules.norms import CompiledPolicy
from proviso.web.comparisons import findings
from proviso.wording import reviews
from proviso.wording.localised import unmarked
from proviso.wording.reviews import FindingInWords


def review_document(book: CompiledPolicy, content: documents.PolicyContent, on: date) -> documents.Document:
    """Return the findings of a review as a document in the look of the school, the gravest first."""
    school, title = content.policy.establishment, _("Review of the policy")
    version = _("Version %(number)s") % {"number": content.number}
    return documents.Document(
        language=content.language,
        dated=on,
        title=title,
        subtitle=school,
        author=school,
        header=(school, title),
        footer=f"{version}, {date_format(on, 'j F Y')}",
        page=_("Page {page} of {pages}"),
        blocks=tuple(_blocks(book, on)),
        look=content.look,
    )


def _blocks(book: CompiledPolicy, on: date) -> Iterator[documents.Block]:
    graded = findings(book, on)
    for grade in graded:
        yield documents.Heading(f"{grade.heading} ({len(grade.findings)})")
        for each in grade.findings:
            yield from _finding(each)
    if not graded:
        yield documents.Paragraph(_("Nothing was found."))
    yield documents.Paragraph(reviews.limits())


def _finding(each: FindingInWords) -> Iterator[documents.Block]:
    yield documents.Heading(unmarked(each.message), level=2)
    if each.quote:
        yield documents.Paragraph(f"“{unmarked(each.quote)}”" + (f" ({each.at})" if each.at else ""))
    yield documents.Bullet(_("What to do:"), unmarked(each.do))
    if each.source:
        source = _("Source: %(source)s. %(sure)s") % {"source": unmarked(each.source), "sure": each.sure}
        yield documents.Paragraph(source)
