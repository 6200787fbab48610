"""The Welsh catalogue: nothing that a public page says is left without Welsh, and nothing stands in it for nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tools.messages import CATALOGUE, HEADER, SOURCES, WAITING, extracted, sources, stored

# What everybody may read or asks with, signing in, reading and signing, one's own tasks, and the emails about them.
# Documents, too; pages for preparing a policy, for people and for imports join the list when their Welsh is done.
COMPLETE = (
    *("web/address.py", "web/answers.py", "web/clauses.py", "web/components.py", "web/errors.py"),
    *("web/examples.py", "web/fields.py", "web/steps.py", "web/views.py", "wording/", "cli/_answers_in_words.py"),
    *("web/templates/answers/", "web/templates/parts/"),
    *("web/places.py", "web/signing/", "web/signing_in/", "web/duties/", "web/schools/", "people/mail.py"),
    *("people/notices.py", "web/templates/about.html"),
    *(
        "people/invitations.py",
        "people/accounts.py",
        "people/words.py",
        "people/models.py",
        "policies/models/signing.py",
    ),
    *(
        "policies/services/signing.py",
        "policies/models/duties.py",
        "policies/services/tasks.py",
        "documents/",
        "jobs/",
    ),
    *(f"web/templates/{name}/" for name in ("account", "duties", "mfa", "schools", "signing", "socialaccount")),
)
PLACE = re.compile(r"%\((\w+)\)[sd]")
FORM = re.compile(r"_(?:soft|aspirate|ag|ac|neu|i|yn|sub)$")
MARKUP = re.compile(r"<[^>]+>")
CATALOGUE_NOW = stored()
EVERYTHING = extracted(sources())


def is_public(path: Path) -> bool:
    """Whether a file is one whose texts must have Welsh."""
    name = str(path.relative_to(SOURCES))
    return name.startswith(COMPLETE) or (path.parent.name == "templates" and path.suffix == ".html")


def pairs(message: Message) -> Iterator[tuple[str, str]]:
    """Yield each Welsh text with the English that it stands for."""
    english = [message.id] if isinstance(message.id, str) else [*message.id]
    welsh = [message.string or ""] if isinstance(message.string, str | None) else [*message.string]
    for number, translated in enumerate(welsh):
        yield english[0 if number == 0 else -1], translated


def places(text: str) -> set[str]:
    """Return what is put into a text, whatever its form; who does something and to whom it is said are one."""
    return {re.sub(r"^whom$", "who", FORM.sub("", name)) for name in PLACE.findall(text)}


def test_every_text_of_a_public_page_has_its_welsh() -> None:
    lacking = []
    for wanted in extracted([path for path in sources() if is_public(path)]):
        kept = CATALOGUE_NOW.get(wanted.id, wanted.context) if wanted.id else wanted
        if wanted.id and (kept is None or not all(translated for _english, translated in pairs(kept))):
            lacking.append(wanted.id)
    assert not lacking, f"run make messages and write the Welsh of {lacking}"


def test_nothing_is_translated_that_the_program_no_longer_says() -> None:
    gone = [
        message.id
        for message in CATALOGUE_NOW
        if message.id and EVERYTHING.get(message.id, message.context) is None and message.string
    ]
    assert not gone, f"run make messages: {gone}"


@pytest.mark.parametrize(
    "message",
    [message for message in CATALOGUE_NOW if message.id and message.string],
    ids=lambda message: str(message.id)[:60],
)
def test_a_translation_has_all_that_is_put_in_and_all_markup(message: Message) -> None:
    for number, (english, welsh) in enumerate(pairs(message)):
        if not welsh:
            continue
        optional = {"count"} if number < 2 else set()  # one and two are words in Welsh
        assert places(welsh) | optional >= places(english) and places(welsh) <= places(english) | optional
        assert MARKUP.findall(welsh) == MARKUP.findall(english)
        assert welsh.count("%%") == english.count("%%")


def test_each_entry_says_whether_a_translator_has_still_to_review_it() -> None:
    assert f"X-Review: {WAITING}" in HEADER
    assert CATALOGUE.read_text("utf-8").startswith(HEADER)
    for message in CATALOGUE_NOW:
        assert not message.fuzzy  # what is fuzzy is left out when the catalogue is compiled
        assert message.user_comments in ([], [WAITING]), message.id
