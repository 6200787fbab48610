"""The way through the questions: what was answered, what comes next, and what all of it is as a concern.

What was answered stands in the page itself until it is sent: nothing is kept here, and no cookie is needed.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from proviso.records.cases.links import without_links
from proviso.records.cases.models import Concern, Matter
from proviso.records.cases.receipts import is_token, new_token
from proviso.records.cases.services.sharing import Sharing
from proviso.rules.language import signs_of_harm
from proviso.web.concerns.steps import FIELDS, STEPS, Asked, Step, StepForm, is_image

LONGEST = 60_000  # characters of all answers together, as the page carries them
READ_AT_ONCE, OVERLAPPING = 1800, 2000  # characters that are looked at together, so that no sentence falls between
TOPICS = {"image": {"image": "yes"}, "adult": {"about": "adult"}, "pupil": {"about": "pupil"}}
MARKS = ("token", "picked", "shown")  # what the page carries along besides answers
DECLARATION = gettext_noop(
    "What I have told is true as far as I know. I understand that the school may have to pass it on, to the police or "
    "to children’s services for example, to keep somebody safe, even if I asked for something else."
)


@dataclass(frozen=True)
class Journey:
    """Answers by the names of their fields; `reader` is `staff`, who signed in, or `public`."""

    reader: str
    answers: Mapping[str, str]

    @classmethod
    def begun(cls, reader: str, topic: str = "") -> "Journey":
        return cls(reader, {"token": new_token(), **TOPICS.get(topic, {})})

    @classmethod
    def read(cls, reader: str, carried: str) -> "Journey":
        """Return the way as a page carried it; what is no answer is passed over."""
        try:
            found = json.loads(carried) if len(carried) <= LONGEST else {}
        except (ValueError, RecursionError):
            found = {}
        return cls.of(reader, found if isinstance(found, dict) else {})

    @classmethod
    def of(cls, reader: str, found: Mapping[str, object]) -> "Journey":
        known = {
            name: value.replace("\0", "")
            for name, value in found.items()
            if isinstance(value, str) and (name in FIELDS or name in MARKS)
        }
        if not is_token(known.get("token", "")):
            known["token"] = new_token()
        return cls(reader, known)

    @property
    def token(self) -> str:
        return self.answers["token"]

    @property
    def picked(self) -> list[int]:
        """Return the people of the school who were chosen."""
        return [int(each) for each in self.answers.get("picked", "").split(",") if each.isdecimal() and len(each) < 10]

    @property
    def shown(self) -> set[str]:
        """Return the signs of harm for which *do this now* was shown already."""
        return set(self.answers.get("shown", "").split())

    def carried(self) -> str:
        return json.dumps(dict(self.answers), ensure_ascii=False)

    def answered(self, more: Mapping[str, str]) -> "Journey":
        """Return the way with more answers; where it may be about a sexual image, without addresses and pasted data."""
        answers = {**self.answers, **more}
        if is_image(answers):
            answers |= {name: without_links(answers[name]) for name in FIELDS if name in answers}
        return replace(self, answers=answers)

    # ---- Steps.

    def steps(self) -> Iterator[Step]:
        return (step for step in STEPS if step.is_for(self.answers, self.reader))

    def after(self, name: str) -> Step | None:
        """Return the step after one, or None where all is asked."""
        names = [step.name for step in STEPS]
        later = names[names.index(name) + 1 :] if name in names else names
        return next((step for step in self.steps() if step.name in later), None)

    def before(self, name: str) -> Step | None:
        names = [step.name for step in STEPS]
        earlier = names[: names.index(name)] if name in names else names
        return next((step for step in reversed([*self.steps()]) if step.name in earlier), None)

    def first_open(self) -> Step | None:
        """Return the first step whose answer is missing or cannot be; None where it can be sent."""
        return next((step for step in self.steps() if not self.form(step, self.answers).is_valid()), None)

    def form(self, step: Step, data: Mapping[str, str] | None = None) -> StepForm:
        return StepForm(step, self.reader, data, self.answers)

    def rows(self) -> Iterator[tuple[Step, Asked, str]]:
        """Yield each question that was asked, and its answer in words."""
        for step in self.steps():
            for asked in step.asked:
                answer = self.answers.get(asked.name, "").strip()
                words = next((str(each.label) for each in asked.choices if each.value == answer), answer)
                yield step, asked, words

    # ---- What it is.

    @property
    def kind(self) -> str:
        if is_image(self.answers):
            return Concern.Kind.SEXUAL_IMAGE
        about = self.answers.get("about", "")
        return about if about in Concern.Kind.values else Concern.Kind.OTHER

    @property
    def matter(self) -> str:
        """Return whom it is about: an adult who works there comes before all else."""
        about, by = self.answers.get("about"), self.answers.get("online_by")
        if about == "adult" or (about == "online" and by == "adult"):
            return Matter.ADULT
        is_pupil = about in ("pupil", "contact") or is_image(self.answers)
        online = about == "online" and "pupil" in (by, self.answers.get("online_about"))
        return Matter.PUPIL if is_pupil or online or self.has_child_at_risk() else Matter.OTHER

    def has_child_at_risk(self) -> bool:
        """Say whether what is about nobody in particular speaks of harm to a child."""
        return self.answers.get("about") == "other" and bool(self.signs())

    def signs(self) -> tuple[str, ...]:
        """Return the signs of harm in what was told, with those that were chosen."""
        told = " ".join(self.answers.get(name, "") for name in ("happened", "place", "involved", "wishes")).strip()
        found = [
            sign for start in range(0, len(told), READ_AT_ONCE) for sign in signs_of_harm(told[start:][:OVERLAPPING])
        ]
        if self.answers.get("danger") == "yes":
            found.insert(0, "immediate_danger")
        if is_image(self.answers):
            found.insert(0, "sexual_image")
        return tuple(dict.fromkeys(found))

    def who(self) -> str:
        """Return what whoever shares it is, as a value of the fact `who`."""
        return {"pupil": "pupil", "parent": "parent", "public": "public"}.get(self.answers.get("you", ""), "")

    def sharing(self, declaration: str) -> Sharing:
        """Return what is shared."""
        answers = self.answers
        adult = answers.get("adult", "") if answers.get("about") == "adult" else ""
        named = " ".join(answers.get(step.name, "") for step in self.steps() if step.finds_people).strip()
        asked_apart = {"happened", "name", "contact", "reach", "you"}
        return Sharing(
            kind=self.kind,
            matter=self.matter,
            text=answers.get("happened", ""),
            sharer_kind="staff" if self.reader == "staff" else answers.get("you") or "public",
            declaration=declaration,
            about_role=adult if adult in ("headteacher", "chair", "dsl") else "",
            about_names=named,
            about=self.picked if any(step.finds_people for step in self.steps()) else (),
            harms=self.signs(),
            particulars=tuple(
                (str(asked.label), words)
                for _step, asked, words in self.rows()
                if words and asked.name not in asked_apart
            ),
            name=answers.get("name", "") if answers.get("reach") == "name" else "",
            contact=answers.get("contact", "") if answers.get("reach") == "name" else "",
        )


def declaration() -> str | Promise:
    """Return what whoever shares something declares, in the reader's language; it is kept as it was shown."""
    return _(DECLARATION)
