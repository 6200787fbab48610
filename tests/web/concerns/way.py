"""The way through the questions, as a browser without cookies goes it."""

import html
import re

from django.test import Client
from django.test.client import Client as Browser

from tests.web.pages import main, words

PUBLIC = "/oak-lane/concern/"


class Way:
    """Somebody on the way: each answer is sent with what the page before carried along."""

    def __init__(self, browser: Browser | None = None, address: str = PUBLIC) -> None:
        self.browser = browser or Client(enforce_csrf_checks=True)
        self.address = address
        self.page = self.browser.get(address)

    @property
    def text(self) -> str:
        return words(main(self.page.text))

    def hidden(self) -> dict[str, str]:
        """Return what the first form of the page that carries the answers sends along."""
        form = next(each for each in re.findall(r"<form.*?</form>", main(self.page.text), re.S) if "so_far" in each)
        fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
        return {name: html.unescape(value) for name, value in fields}

    def press(self, go: str, **answers: str) -> str:
        """Send the page by one of its buttons, and return the words of the next."""
        self.page = self.browser.post(self.address, {**self.hidden(), **answers, "go": go})
        return self.text

    def answer(self, **answers: str) -> str:
        return self.press("next", **answers)

    def to_check(self, you: str = "pupil", happened: str = "Somebody posts ugly things about me.") -> str:
        """Answer everything as a pupil who does not say who they are."""
        self.press("show:danger")
        self.answer(danger="no")
        if 'name="you"' in self.page.text:
            self.answer(you=you)
        self.answer(image="no")
        self.answer(about="pupil")
        return self.tell(happened)

    def tell(self, happened: str) -> str:
        self.answer(happened=happened)
        if 'name="step"' not in self.page.text:  # what to do at once came in between
            self.press("show:when")
        for step in ("when", "place", "involved"):
            self.answer(**{step: ""})
        self.answer(risk="no")
        self.answer(wishes="That it stops.")
        if 'name="reach"' in self.page.text:
            self.answer(reach="code")
        return self.text

    @property
    def code(self) -> str:
        found = re.search(r'id="(?:receipt|draft)-code">([^<]+)<', self.page.text)
        assert found, self.text
        return found[1]
