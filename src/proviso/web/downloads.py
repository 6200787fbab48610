"""Tables that a page hands out to be opened in a spreadsheet."""

from collections.abc import Iterable, Sequence

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from proviso.documents import Cell, csv_lines, xlsx_file

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_download(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> StreamingHttpResponse:
    """Return a table as a CSV file of this name, row by row."""
    answer = StreamingHttpResponse(csv_lines(header, rows), content_type=CSV)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


def xlsx_download(name: str, title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> FileResponse:
    """Return a table as an XLSX file of this name; `title` names its sheet."""
    return FileResponse(xlsx_file(title, header, rows), as_attachment=True, filename=name, content_type=XLSX)
