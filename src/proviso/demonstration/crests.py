"""Crests of the invented schools: a shield in the school's colour, with a plain charge on it."""

from io import BytesIO

from PIL import Image, ImageDraw

from proviso.records.files.uploads import SealedUpload, sealed_upload
from proviso.records.people.crests import MOST_BYTES

_SIZE = (384, 448)
_EDGE = [(12, 12), (372, 12), (372, 250), (192, 436), (12, 250)]
_FIELD = [(40, 40), (344, 40), (344, 238), (192, 394), (40, 238)]
_PAPER = "#fbf6ea"


def crest(colour: str, charge: str) -> SealedUpload:
    """Return the crest of a school as somebody would upload it; `charge` is `oak`, `lark`, `waves` or `book`."""
    picture = Image.new("RGBA", _SIZE)
    draw = ImageDraw.Draw(picture)
    draw.polygon(_EDGE, fill=colour)
    draw.polygon(_FIELD, fill=_PAPER)
    match charge:
        case "oak":
            draw.rectangle((178, 210, 206, 330), fill=colour)
            for left, top in ((112, 130), (172, 130), (142, 80)):
                draw.ellipse((left, top, left + 100, top + 100), fill=colour)
        case "lark":
            draw.polygon([(80, 150), (200, 120), (310, 90), (250, 190), (170, 250), (120, 230)], fill=colour)
            draw.polygon([(150, 190), (240, 180), (190, 310)], fill=colour)
        case "waves":
            for top in (110, 180, 250):
                draw.arc((70, top, 190, top + 70), 180, 360, fill=colour, width=22)
                draw.arc((170, top, 290, top + 70), 0, 180, fill=colour, width=22)
        case _:
            draw.polygon([(80, 130), (186, 160), (186, 300), (80, 260)], fill=colour)
            draw.polygon([(304, 130), (198, 160), (198, 300), (304, 260)], fill=colour)
    kept = BytesIO()
    picture.save(kept, "PNG")
    return sealed_upload([kept.getvalue()], "crest.png", MOST_BYTES)
