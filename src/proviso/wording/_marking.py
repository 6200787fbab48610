"""Marking texts for translation before Django is set up, which its own `gettext_noop` needs."""


def gettext_noop(text: str) -> str:
    """Mark a text for translation and return it as it is."""
    return text
