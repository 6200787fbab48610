"""What our templates must not hold, found by reading them as the browser and the translator do."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

NAMES = {"Proviso"}  # said alike in every language
SPOKEN = {"alt", "aria-label", "aria-description", "content", "placeholder", "title"}
UNSPOKEN_META = {"viewport", "theme-color"}

TRANSLATED = re.compile(r"{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}|{%\s*translate\b.*?%}", re.S)
COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}", re.S)
COMPONENT = re.compile(r"{%\s*govuk\b.*?%}", re.S)
SPOKEN_PARAMETER = re.compile(r"""\b(\w*(?:text|html|Text|Html|title|label|serviceName))=(["'])(.*?)\2""", re.S)
CLASSES = re.compile(r"{%\s*block width\s*%}.*?{%\s*endblock\s*%}", re.S)  # holds names of styles
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.S)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "style" or "style" in values:
            self.faults.append(f"inline style in <{tag}>")
        if tag == "script" and "src" not in values:
            self.faults.append("inline script")
        self.faults += [f"inline handler {name} in <{tag}>" for name in values if re.fullmatch(r"on[a-z]+", name)]
        spoken = set() if values.get("name") in UNSPOKEN_META else SPOKEN & values.keys()
        self.faults += [f"untranslated {name}: {values[name]}" for name in sorted(spoken) if _has_words(values[name])]

    def handle_data(self, data: str) -> None:
        if _has_words(data):
            self.faults.append(f"untranslated: {' '.join(data.split())}")


def _has_words(text: str) -> bool:
    return bool(set(re.findall(r"[^\W\d_]{2,}", text)) - NAMES)


def faults(source: str) -> Iterator[str]:
    """Inline scripts and styles, and words that no translator would ever see."""
    source = CLASSES.sub("", TRANSLATED.sub("", COMMENT.sub("", source)))
    for component in COMPONENT.findall(source):
        for name, _quote, text in SPOKEN_PARAMETER.findall(component):
            if _has_words(text):
                yield f"untranslated {name}: {text}"
    reader = _Reader()
    reader.feed(TAG.sub("", source))
    reader.close()
    yield from reader.faults
