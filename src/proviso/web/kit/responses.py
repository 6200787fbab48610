"""Files that a page hands out."""

from collections.abc import Iterable
from typing import IO

from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

CSV = "text/csv; charset=utf-8"
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"


def file_response(content: bytes | str | Iterable[str] | IO[bytes], name: str, media_type: str) -> HttpResponseBase:
    """Return a file to keep: under its name, as what it is, and in no browser's or proxy's store.

    `content` is all of it, pieces that are sent as they come, or a file that is closed when it is sent.
    """
    response: HttpResponseBase
    if isinstance(content, bytes | str):
        response = HttpResponse(content, content_type=media_type)
    elif hasattr(content, "read"):
        response = FileResponse(content, content_type=media_type)
    else:
        response = StreamingHttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
