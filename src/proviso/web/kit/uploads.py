"""How much may come in, by the page that it is for: decided before any of it is read."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from proviso.records.files.errors import FileRefusedError
from proviso.records.files.uploads import MEGABYTE, LimitedUploadHandler, SealedUpload
from proviso.web.request_body import body_length

View = TypeVar("View", bound=Callable[..., Any])


def accepts_upload(most_bytes: int) -> Callable[[View], View]:
    """Let a page take files of so many bytes in all; a page that does not say so takes none."""

    def marked(view: View) -> View:
        view.upload_bytes = most_bytes  # type: ignore[attr-defined]  # as Django's own decorators mark views
        return view

    return marked


class UploadLimits:
    """Middleware: before the body is read, refuses one that its page does not expect, and sets who takes in its files.

    It stands before the check of the form's token, which is the first to read a body.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_arguments: Any
    ) -> HttpResponse | None:
        most_bytes = getattr(view, "upload_bytes", 0)
        if getattr(view, "login_required", True) and not request.user.is_authenticated:
            most_bytes = 0  # who is to sign in first sends no file before
        request.upload_handlers = [LimitedUploadHandler(request, most_bytes)]
        if body_length(request.META) > most_bytes + settings.LARGEST_FORM:
            return render(request, "413.html", {"megabytes": most_bytes // MEGABYTE}, status=413)
        return None


class UploadField(forms.FileField):
    """A file that came in by `UploadLimits`; beyond the limit, the form says so and how much it may be."""

    def to_python(self, data: Any) -> SealedUpload | None:
        upload = super().to_python(data)
        if not isinstance(upload, SealedUpload):  # nothing was chosen
            return None
        try:
            upload.check_size()
        except FileRefusedError as error:
            raise ValidationError(f"{error} {error.do}", code="refused") from error
        return upload
