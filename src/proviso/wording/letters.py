"""Letters of a case: the texts that come with the program, how blanks are filled in, and words to be careful with."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

_BLANK = re.compile(r"\{([a-z_]+)\}")
BLANKS = (
    *("school", "headteacher", "recipient", "today", "reference", "what", "where", "clause", "policy"),
    *("complaints", "aware_on", "kind"),
)
# A letter with one of these may sound like a threat or an accusation: its author and its approver are told so.
_CAREFUL = re.compile(
    r"\b(legal action|solicitors?|lawyers?|court|sue|suing|prosecut\w+|criminal|offence|police|defam\w+|libel\w*|"
    r"harass\w*|slander\w*|illegal\w*|unlawful\w*|"
    r"camau cyfreithiol|cyfreithwyr?|heddlu|llys|troseddol|anghyfreithlon)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class LetterText:
    """The subject and the body of a letter, with or without blanks."""

    subject: str
    body: str


@cache
def _templates() -> dict[str, dict[str, LetterText]]:
    text = (resources.files("proviso.wording") / "letter_templates.yaml").read_text(encoding="utf-8")
    read = yaml.safe_load(text)
    return {
        kind: {language: LetterText(words["subject"], words["body"]) for language, words in languages.items()}
        for kind, languages in read.items()
    }


def template(kind: str, language: str) -> LetterText:
    """Return the text of a letter that comes with the program, in English or Welsh.

    Raises:
        KeyError: no such kind of letter.
    """
    return _templates()[kind]["cy" if language == "cy" else "en"]


def kinds() -> tuple[str, ...]:
    """Return the kinds of letters that there are texts for."""
    return tuple(_templates())


def filled(text: LetterText, words: Mapping[str, str]) -> LetterText:
    """Return a letter with its blanks filled in; what is not known is left as a gap to fill by hand."""

    def fill(part: str) -> str:
        return _BLANK.sub(lambda match: words.get(match[1]) or "……", part)

    return LetterText(fill(text.subject), fill(text.body))


def unknown_blanks(text: LetterText) -> list[str]:
    """Return the blanks of a school's own text that the program cannot fill in."""
    return sorted({name for part in (text.subject, text.body) for name in _BLANK.findall(part)}.difference(BLANKS))


def careful_words(text: str) -> list[str]:
    """Return the words of a letter that may sound like a threat or an accusation, each once."""
    return list(dict.fromkeys(match[0] for match in _CAREFUL.finditer(text)))


def gaps(text: str) -> int:
    """Return how many gaps of a letter are still to be filled in."""
    return text.count("……")
