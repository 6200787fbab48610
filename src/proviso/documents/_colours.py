"""One colour of a school, and the shades of it that can be read: the program sees to the contrast, nobody has to."""

from dataclasses import dataclass

BLACK, WHITE = "#0b0c0c", "#ffffff"
OWN = "#0d4f54"  # where a school has chosen none
READABLE = 4.5  # WCAG 2.2 AA, for text
READABLE_ON_DARK = 6.0  # light letters on a dark screen look thinner
_LIGHT, _DARK = "#f4f6f7", "#20272b"  # the least favourable grounds of light and dark pages
_STEPS = 100


@dataclass(frozen=True)
class Shades:
    """What is made of a colour.

    `on_school` is what is written on the colour itself, black or white. `accent` is the colour of links and buttons
    on a light page, `accent_dark` on a dark one; the two `strong` ones are for what is pointed at.
    """

    school: str
    on_school: str
    accent: str
    accent_strong: str
    accent_dark: str
    accent_dark_strong: str

    @property
    def is_darkened(self) -> bool:
        """Say whether links and buttons had to be darker than the colour that was chosen."""
        return self.accent != self.school


def shades_of(colour: str) -> Shades:
    """Return what pages and documents use of a colour, `#` and six figures; of none: of Proviso's own."""
    school = (colour or OWN).lower()
    accent = _towards(school, "#000000", _LIGHT, READABLE)
    dark = _towards(school, WHITE, _DARK, READABLE_ON_DARK)
    return Shades(
        school=school,
        on_school=WHITE if contrast(school, WHITE) >= contrast(school, BLACK) else BLACK,
        accent=accent,
        accent_strong=_mixed(accent, "#000000", 0.35),
        accent_dark=dark,
        accent_dark_strong=_mixed(dark, WHITE, 0.45),
    )


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG reckons it: from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _towards(colour: str, end: str, ground: str, enough: float) -> str:
    """Return the colour, as little nearer to black or white as it takes to be read on a ground."""
    shades = (_mixed(colour, end, step / _STEPS) for step in range(_STEPS + 1))
    return next(shade for shade in shades if contrast(shade, ground) >= enough)


def _mixed(colour: str, end: str, share: float) -> str:
    parts = zip(_parts(colour), _parts(end), strict=True)
    return "#" + "".join(f"{round(one + (other - one) * share):02x}" for one, other in parts)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
