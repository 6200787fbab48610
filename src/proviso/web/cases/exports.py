"""The file of a case to take out: one PDF, or a ZIP that anybody can verify; and a letter as Word or PDF."""

import hashlib
from collections.abc import Sequence
from tempfile import TemporaryFile

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso import documents
from proviso.documents import ArchiveFile, Cell, csv_lines, write_archive
from proviso.records.cases.models import Case
from proviso.records.cases.selectors import cases as selectors
from proviso.records.cases.services.exporting import export_case
from proviso.records.evidence.packages import evidence_package
from proviso.records.evidence.selectors.items import custody_by_item, evidence_of
from proviso.records.people.permissions import Hidden
from proviso.web.cases.case_document import case_document, evidence_table, letter_document
from proviso.web.cases.case_pages import case_page, now
from proviso.web.kit.confirm import ConfirmForm
from proviso.web.kit.forms import posted
from proviso.web.kit.pages import ActorRequest, render_page, require_confirmation
from proviso.web.kit.responses import PDF, WORD, ZIP, file_response

HOW_TO_VERIFY = """This archive holds the file of case %(reference)s of %(school)s.

To verify it, open a terminal in this folder and run:

    sha256sum -c SHA256SUMS

Each line must say OK. On a Mac: shasum -a 256 -c SHA256SUMS. On Windows, in PowerShell, Get-FileHash gives the hash of
one file, which must be the one that stands beside its name in SHA256SUMS.

The evidence has a list of hashes of its own: run the same in the folder evidence.

The PDF file is for reading. chronology.csv holds every entry in the order in which it was made; readings.csv says who
opened the case, and when. The letters are as they were approved and sent.
"""


@case_page
def take_out(request: ActorRequest, case: Case) -> HttpResponseBase:
    require_confirmation(request, "case.export")
    form = ConfirmForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return _taken_out(request, case, "zip" if "zip" in request.POST else "pdf")
    return render_page(request, "cases/take_out.html", {"case": case})


def _taken_out(request: ActorRequest, case: Case, kind: str) -> HttpResponseBase:
    moment = now()
    whole = export_case(request.actor, case, now=moment)
    file = selectors.file_of(request.actor, whole)
    readings = list(selectors.readings_of(request.actor, whole))
    evidence = evidence_table(evidence_of(request.actor, whole), custody_by_item(request.actor, whole))
    pdf = documents.as_pdf(case_document(file, evidence, readings, moment))
    if kind == "pdf":
        return file_response(pdf, f"{case.reference}.pdf", PDF)
    files = {f"{case.reference}.pdf": pdf}
    chronology = [
        (each.entry.at, each.entry.author.name, each.entry.get_kind_display(), each.text) for each in file.chronology
    ]
    files["chronology.csv"] = _csv((_("When"), _("Who"), _("What"), _("Text")), chronology)
    read = [(entry.at, entry.actor.name if entry.actor else "Proviso", entry.sentence) for entry in readings]
    files["readings.csv"] = _csv((_("When"), _("Who"), _("What was done")), read)
    for number, shown in enumerate(file.letters, start=1):
        text = "\n\n".join((shown.recipient, shown.subject, shown.body))
        files[f"letters/{number:02}-{shown.letter.kind}-{shown.letter.state}.txt"] = text.encode()
    words = {"reference": case.reference, "school": case.establishment.name}
    files["README.txt"] = (HOW_TO_VERIFY % words).encode()
    files["SHA256SUMS"] = sums(files)
    archive = TemporaryFile()  # noqa: SIM115  # the response closes it, when all of it is sent
    with evidence_package(request.actor, whole, folder="evidence/", now=moment) as package:
        written = [ArchiveFile(name, content) for name, content in files.items()]
        write_archive(archive, [*written, *package.files], moment)
    archive.seek(0)
    return file_response(archive, f"{case.reference}.zip", ZIP)


def sums(files: dict[str, bytes]) -> bytes:
    """Return the hashes of files as `sha256sum -c` reads them."""
    return "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items()).encode()


def _csv(header: tuple[str, ...], rows: Sequence[Sequence[Cell]]) -> bytes:
    return "".join(csv_lines(header, rows)).encode()


@case_page
def letter_file(request: ActorRequest, case: Case, pk: int, form: str) -> HttpResponseBase:
    """A letter as an editable Word file, or as PDF."""
    if form not in ("docx", "pdf"):
        raise Hidden(form)
    shown = selectors.letter_of(request.actor, selectors.reading_case(request.actor, case, now=now()), pk)
    document = letter_document(shown, timezone.localdate(now()))
    write, media = (documents.as_word, WORD) if form == "docx" else (documents.as_pdf, PDF)
    name = f"{case.reference}-{shown.letter.kind}.{form}"
    return file_response(write(document), name, media)
