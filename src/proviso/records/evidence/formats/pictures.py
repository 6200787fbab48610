"""Pictures: proved to be pictures, compared, and shown only made anew, without anything else that was in the file."""

import math
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageDraw, ImageOps

from proviso.records.evidence.formats.contents import Contents
from proviso.records.files.errors import FileRefusedError

PNG = "image/png"
FORMATS = {"PNG": PNG, "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif", "BMP": "image/bmp"}
MOST_PIXELS = 64_000_000
SHOWN_SIDE = 1600
MOST_TAGS = 60
ALIKE = 6  # bits of 64 by which two pictures of the same thing may differ


@dataclass(frozen=True)
class Box:
    """A part of a picture, in pixels of the picture as it is shown."""

    left: int
    top: int
    width: int
    height: int


def opened(content: IO[bytes]) -> Image.Image:
    """Return the first picture of a file, read to its end.

    Raises:
        FileRefusedError: no picture, one that is cut off, or one of too many pixels.
    """
    content.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(content, formats=tuple(FORMATS))
            if picture.width * picture.height > MOST_PIXELS:
                raise _too_many_pixels()
            picture.load()
            return picture
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except FileRefusedError:
        raise
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise FileRefusedError(
            _("This is not a picture that can be read: it is damaged, cut off, or something else."),
            _("Add it again from where it was saved, or take a screenshot."),
        ) from error


def _too_many_pixels() -> FileRefusedError:
    what = _("The picture has more than %(count)d million pixels.") % {"count": MOST_PIXELS // 1_000_000}
    return FileRefusedError(what, _("Take a screenshot of it, and add that."))


def shown(content: IO[bytes]) -> bytes:
    """Return a picture made anew as PNG, no side longer than 1600 pixels, the right way up; errors as `opened`."""
    return _png(_upright(content))


def shown_size(content: IO[bytes]) -> tuple[int, int]:
    """Return the width and height in which a picture is shown."""
    return _upright(content).size


def picture_hash(content: IO[bytes]) -> str:
    """Return what a picture looks like, as 64 bits: whether each of 8 × 8 places is brighter than its neighbour."""
    small = ImageOps.exif_transpose(opened(content)).convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    bright = small.tobytes()
    bits = (bright[9 * row + place] > bright[9 * row + place + 1] for row in range(8) for place in range(8))
    return f"{sum(bit << position for position, bit in enumerate(bits)):016x}"


def look_alike(one: str, other: str) -> bool:
    """Say whether two pictures look alike, by their hashes."""
    return bool(one and other) and (int(one, 16) ^ int(other, 16)).bit_count() <= ALIKE


def read(content: IO[bytes]) -> Contents:
    """Return what a picture says of itself, as text."""
    picture = opened(content)
    fields: list[tuple[str, object]] = [(_("Size"), f"{picture.width} × {picture.height}")]
    try:
        tags = list(picture.getexif().items())[:MOST_TAGS]
    except (OSError, SyntaxError, ValueError, TypeError, KeyError):  # they may be anything
        tags = []
    fields += [(str(ExifTags.TAGS.get(tag, tag)), value) for tag, value in tags]
    return Contents.of(fields)


def blacked_out(content: IO[bytes], boxes: Iterable[Box]) -> bytes:
    """Return a picture as PNG in its own size, made anew, with black in place of some boxes; errors as `opened`."""
    picture = ImageOps.exif_transpose(opened(content)).convert("RGB")
    scale = max(1.0, max(picture.size) / SHOWN_SIDE)
    draw = ImageDraw.Draw(picture)
    for box in boxes:
        left, top = math.floor(box.left * scale), math.floor(box.top * scale)
        right, bottom = math.ceil((box.left + box.width) * scale), math.ceil((box.top + box.height) * scale)
        draw.rectangle((left, top, right, bottom), fill="black")
    return _png(picture)


def _upright(content: IO[bytes]) -> Image.Image:
    picture = ImageOps.exif_transpose(opened(content)).convert("RGBA")
    picture.thumbnail((SHOWN_SIDE, SHOWN_SIDE), Image.Resampling.LANCZOS)
    return picture


def _png(picture: Image.Image) -> bytes:
    bare = Image.new(picture.mode, picture.size)  # nothing but the pixels goes over
    bare.paste(picture)
    kept = BytesIO()
    bare.save(kept, "PNG")
    return kept.getvalue()
