"""A school's crest: whatever picture comes in, a plain PNG of bounded size goes on, and nothing else of the file."""

import warnings
from functools import lru_cache
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from proviso.records.files import services as files
from proviso.records.files.content_types import content_type
from proviso.records.files.errors import FileRefusedError
from proviso.records.files.models import StoredFile
from proviso.records.files.uploads import MEGABYTE, SealedUpload, sealed_upload

PNG = "image/png"
MOST_BYTES = 5 * MEGABYTE
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
LARGEST_SIDE = 512  # pixels of what is kept: enough for paper
SHOWN_SIDE = 132  # and of what pages show, three to each of theirs
MOST_PIXELS = 40_000_000


def read_crest(upload: SealedUpload) -> SealedUpload:
    """Return a picture made anew: as PNG, no side longer than 512 pixels, without anything else that was in the file.

    Raises:
        FileRefusedError: an SVG, or no picture that can be read, or one of too many pixels.
    """
    upload.check_size()
    if "svg" in content_type(upload.content, upload.name or ""):
        raise FileRefusedError(
            _("An SVG file cannot be taken: it can hold more than a picture."), _("Save the crest as PNG or JPEG.")
        )
    picture = _opened(upload.content)
    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS)
    return sealed_upload([_png(picture)], "crest.png", 2 * MEGABYTE)


def _opened(content: IO[bytes]) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(content, formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise FileRefusedError(_("The picture has too many pixels."), _("Save it smaller and try again."))
            # The first of several pictures, the right way up, in plain colours.
            return ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        if isinstance(error, FileRefusedError):
            raise
        raise FileRefusedError(
            _("This file is no picture that can be read."), _("Save the crest as PNG or JPEG.")
        ) from error


def _png(picture: Image.Image) -> bytes:
    kept = BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def crest_bytes(crest: StoredFile) -> bytes:
    """Return a stored crest as it is kept, for documents.

    Raises:
        FileUnreadableError: it cannot be read back.
    """
    with files.open_file(crest) as content:
        return content.read()


@lru_cache(maxsize=256)
def shown_crest(pk: int) -> bytes:
    """Return a crest as pages show it: small, of at most 64 colours. What is stored under a number never changes.

    Raises:
        StoredFile.DoesNotExist: there is none, or it was deleted.
        FileUnreadableError: it cannot be read back.
    """
    picture = Image.open(BytesIO(crest_bytes(StoredFile.objects.get(pk=pk, deleted_at=None))))
    picture.thumbnail((SHOWN_SIDE, SHOWN_SIDE), Image.Resampling.LANCZOS)
    return _png(picture.quantize(64, method=Image.Quantize.FASTOCTREE))
