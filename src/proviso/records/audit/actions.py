"""The registry of action names: each reads as a sentence after the name of whoever acted."""

from collections.abc import Mapping

from django.utils.translation import gettext

_SENTENCES: dict[str, str] = {}


class UnknownActionError(LookupError):
    """An action that nobody registered: a mistake in the program, never a user's."""


def register(sentences: Mapping[str, str]) -> None:
    """Add action names with their sentences, marked for translation, such as `adopted version %(version)s`.

    Raises:
        ValueError: a name that stands for another sentence already.
    """
    for name, sentence in sentences.items():
        if _SENTENCES.get(name, sentence) != sentence:
            raise ValueError(f"the action {name!r} is registered twice with different sentences")
        _SENTENCES[name] = sentence


def registered() -> Mapping[str, str]:
    return _SENTENCES


def known(name: str) -> str:
    """Return an action's sentence.

    Raises:
        UnknownActionError: nobody registered it.
    """
    try:
        return _SENTENCES[name]
    except KeyError:
        raise UnknownActionError(f"the action {name!r} is not registered") from None


def sentence(name: str, details: Mapping[str, object]) -> str:
    """Return what was done as a sentence in the reader's language, without its subject."""
    written = _SENTENCES.get(name)
    if written is None:  # logged by a part of the program that is not installed any more
        return name
    return gettext(written) % _Told(details)


class _Told(dict[str, object]):
    """Details of an entry; one that an older entry lacks shows as a dash instead of failing the page."""

    def __missing__(self, key: str) -> str:
        return "–"
