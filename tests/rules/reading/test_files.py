"""Each kind of file becomes the same statements, with the places that are printed."""

import pytest

from proviso.rules.reading import Document, read, read_apart
from tests.rules.reading import made

MARKDOWN = b"""# Social media policy

Date: March 2026

## 1 Contact with pupils

1.1 Staff must not:

- accept a friend request from a pupil; or
- do any of the following:
   (i) message a pupil in private;
   (ii) give a pupil their own telephone number.

1.2 Staff should tell the designated safeguarding lead about a message and
they must not answer it.

**Passwords:** Passwords must be kept secret.
"""


def said(document: Document) -> list[tuple[str, str, str]]:
    return [(each.at, each.stem, each.text) for each in document.statements]


def test_numbers_bullets_and_nested_stems_of_a_text_are_places() -> None:
    document = read(MARKDOWN, "policy.md")
    deeper = "Staff must not do any of the following"

    assert said(document) == [
        ("1.1 bullet 1", "Staff must not", "accept a friend request from a pupil; or"),
        ("1.1 bullet 2 (i)", deeper, "message a pupil in private;"),
        ("1.1 bullet 2 (ii)", deeper, "give a pupil their own telephone number."),
        ("1.2", "", "Staff should tell the designated safeguarding lead about a message"),
        ("1.2", "", "they must not answer it."),
        ("Passwords, paragraph 1", "", "Passwords must be kept secret."),
    ]
    assert document.particulars == ("Date: March 2026",)
    assert document.title == "Social media policy"


def test_word_s_own_numbers_are_worked_out_and_deleted_words_are_not_read() -> None:
    document = read(made.word(), "policy.docx")

    assert said(document) == [
        ("Contact with pupils, 1", "Staff must not", "accept a friend request from a pupil;"),
        ("Contact with pupils, 2", "Staff must not", "give a pupil their own telephone number."),
        ("Contact with pupils, paragraph 2", "", "Staff may use the school's app to reach parents."),
        ("Keeping them secret, paragraph 1", "", "Passwords must be kept secret."),
    ]
    assert document.particulars == ("Date | Review date", "March 2026 | March 2027")


def test_a_pdf_is_read_without_its_contents_headers_and_broken_lines() -> None:
    document = read(made.pdf(), "policy.pdf")
    of_policy = [each for each in said(document) if "ipsum" not in each[2] and each[0] != "2" or "Staff" in each[2]]

    assert document.pages == 3
    assert [heading for _number, heading in document.headings] == ["Purpose", "Contact with pupils", "Passwords"]
    assert ("2 1", "Staff must not", "accept a friend request from a pupil;") in of_policy
    joined = (
        "Staff should tell the designated safeguarding lead about any message that a pupil sends to a private account"
    )
    assert any(text.startswith(joined) for _at, _stem, text in of_policy)
    assert not any("Elm Road School Social" in text or text.startswith("Page") for _at, _stem, text in said(document))
    assert said(document)[-1] == ("3", "", "Passwords must be kept secret.")


def test_a_page_s_navigation_and_scripts_are_not_read() -> None:
    document = read(made.HTML, "policy.html")

    assert said(document) == [
        ("Contact with pupils, a", "Staff must not", "accept a friend request from a pupil;"),
        ("Contact with pupils, a bullet 1", "Staff must not", "at school"),
        ("Contact with pupils, b", "Staff must not", "give a pupil their own number."),
        ("Passwords, paragraph 1", "", "Passwords must be kept secret."),
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    lines = " ".join(f"Staff must keep rule {word} of this school." for word in "one two three four five six".split())
    column = f"{lines} " * 4
    source = f'#set page(paper: "a4", columns: 2)\n#set text(size: 11pt)\n{column} #colbreak() {column}'
    texts = [each.text for each in read(made.pdf(source), "a.pdf").statements]

    assert set(texts) == {
        f"Staff must keep rule {word} of this school." for word in "one two three four five six".split()
    }


def test_reading_apart_gives_the_same() -> None:
    assert read_apart(MARKDOWN, "policy.md") == read(MARKDOWN, "policy.md")


@pytest.mark.parametrize("name", ["policy.txt", "policy.docx.txt", ""])
def test_a_text_is_a_text_whatever_its_name(name: str) -> None:
    assert read(b"Staff must lock their screens.", name).kind == "text"
