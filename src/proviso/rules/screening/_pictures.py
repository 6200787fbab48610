"""Pictures: whether they are one, what stands in them beside the picture, and how many faces they show."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import ExifTags, Image, UnidentifiedImageError

MOST_BYTES = 50_000_000
MOST_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP")
_PLACE = ExifTags.IFD.GPSInfo


class PictureError(ValueError):
    """A file that is no picture that can be posted; the message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it was read. `faces` is None where nothing counts faces here."""

    name: str
    width: int
    height: int
    has_place: bool
    has_metadata: bool
    frames: int
    faces: int | None


def read_picture(path: Path) -> Picture:
    """Return what a picture shows and carries; nothing of it is kept.

    Raises:
        PictureError: not a picture, a broken one, or one that is too large.
        OSError: no file, or one that cannot be read.
    """
    if path.stat().st_size > MOST_BYTES:
        raise PictureError(f"{path.name}: larger than {MOST_BYTES // 1_000_000} MB: make the picture smaller")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _read(path)
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, SyntaxError) as error:
        raise PictureError(_why(path, error)) from None
    except (OSError, ValueError, EOFError) as error:
        if isinstance(error, PictureError) or (isinstance(error, OSError) and error.errno):
            raise
        raise PictureError(f"{path.name}: the picture is broken: save it anew, and choose it again") from None


def _read(path: Path) -> Picture:
    with Image.open(io.BytesIO(path.read_bytes()), formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise PictureError(f"{path.name}: {image.width} by {image.height} pixels: make the picture smaller")
        exif = image.getexif()
        frames = getattr(image, "n_frames", 1)
        image.load()
        return Picture(
            path.name,
            image.width,
            image.height,
            has_place=bool(exif.get_ifd(_PLACE)),
            has_metadata=bool(
                len(exif) or image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or image.info.get("comment")
            ),
            frames=frames,
            faces=count_faces(image),
        )


def _why(path: Path, error: Exception) -> str:
    if isinstance(error, (Image.DecompressionBombError, Image.DecompressionBombWarning)):
        return f"{path.name}: too many pixels: make the picture smaller"
    return f"{path.name}: not a picture that can be posted: give a JPEG, PNG, GIF, WebP or TIFF file"


def count_faces(image: Image.Image) -> int | None:
    """Return how many faces looking at the camera a picture shows; None without OpenCV (the part `proviso[faces]`).

    Small, turned, covered and drawn faces are often missed: nobody may rely on a count of none.
    """
    try:
        import cv2
        import numpy
    except ImportError:
        return None
    grey = image.convert("L")
    grey.thumbnail((1600, 1600))
    cascade = cv2.CascadeClassifier(cv2.data.haarcascades + "haarcascade_frontalface_default.xml")
    return len(cascade.detectMultiScale(numpy.asarray(grey), scaleFactor=1.1, minNeighbors=6, minSize=(30, 30)))
