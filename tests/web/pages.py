"""A page as its reader takes it in: the words of it, and where its links lead."""

import html
import re

from django.test import Client

DAVID = "/king-david"
GIRL = "Can I accept a friend request from a girl in my class?"


def main(page: str) -> str:
    """Return the HTML between the frame's top and bottom."""
    part = re.search(r"<main.*?</main>", page, re.S)
    assert part, "the page has no main part"
    return part.group()


def words(source: str) -> str:
    """Return what is read of some HTML, each run of blanks as one."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", source)).split()).replace(" .", ".").replace(" ,", ",")


def read(visitor: Client, address: str, status: int = 200) -> str:
    """Return the words of the main part of a page, redirects followed."""
    page = visitor.get(address, follow=True)
    assert page.status_code == status, page.status_code
    return words(main(page.text))


def link(source: str, text: str) -> str:
    """Return where the link with some words in it leads."""
    for target, inside in re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', source, re.S):
        if text in words(inside):
            return html.unescape(target)
    raise AssertionError(f"no link says {text!r}")
