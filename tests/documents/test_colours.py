"""One colour of a school, and the shades that can be read."""

import pytest

from proviso.documents import OWN, contrast, shades_of

CHOSEN = ["#000000", "#ffffff", "#ffdd00", "#7f7f7f", "#c8102e", "#0d4f54", "#00ff00", "#4b2e83", "#ff69b4", "#0000ff"]


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


@pytest.mark.parametrize("colour", CHOSEN)
def test_whatever_colour_is_chosen_everything_can_be_read(colour: str) -> None:
    shades = shades_of(colour)
    assert shades.school == colour
    assert contrast(shades.on_school, shades.school) >= 4.5
    for light in (shades.accent, shades.accent_strong):
        assert contrast(light, "#ffffff") >= 4.5 and contrast(light, "#f4f6f7") >= 4.5
    for dark in (shades.accent_dark, shades.accent_dark_strong):
        assert contrast(dark, "#15191c") >= 4.5 and contrast(dark, "#20272b") >= 4.5
        assert contrast(dark, "#0b0c0c") >= 4.5  # the words on a button


def test_a_colour_is_changed_only_where_it_must_be() -> None:
    assert shades_of("#4b2e83").accent == "#4b2e83" and not shades_of("#4b2e83").is_darkened
    yellow = shades_of("#ffdd00")
    assert yellow.is_darkened and yellow.on_school == "#0b0c0c"
    assert shades_of("#4b2e83").on_school == "#ffffff"


def test_without_a_colour_there_is_our_own() -> None:
    assert shades_of("").school == OWN == "#0d4f54"
