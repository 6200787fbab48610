"""What differs between two versions, in words: clause by clause, word by word, and answer by answer."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from proviso.rules.norms import (
    ChangedAnswer,
    CompiledPolicy,
    Direction,
    Policy,
    VersionAnswer,
    Weight,
    changed_answers,
)
from proviso.rules.rulebook import Difference, differences
from proviso.web import clauses
from proviso.web.clauses import Card
from proviso.wording import outcomes, phrases, situations

MOST = 40  # changed answers that a page lists; the rest are counted


@dataclass(frozen=True)
class AnswerShown:
    """What one version answers: a word with its colour, and the clauses behind it."""

    word: str
    css: str
    cards: list[Card]


@dataclass(frozen=True)
class Changed:
    """An answer that would be another one: the situation, and what is answered before and after."""

    situation: str
    before: AnswerShown
    after: AnswerShown


@dataclass(frozen=True)
class AnswerGroup:
    """Answers that change in one way; `more` are not listed."""

    heading: str
    changed: list[Changed]
    more: int

    @property
    def count(self) -> int:
        return len(self.changed) + self.more


@dataclass(frozen=True)
class Answers:
    """The answers that change, in groups, the largest effect first; `minor` only cite other clauses."""

    groups: list[AnswerGroup]
    minor: int
    complete: bool

    @property
    def nothing(self) -> bool:
        return not self.groups and not self.minor


@dataclass(frozen=True)
class HeadChange:
    """Something that the head of a policy says otherwise: who is covered, what a group word means, whom to ask."""

    name: str
    before: str
    after: str


def heads(before: Policy, after: Policy) -> list[HeadChange]:
    """Return what the heads of two versions say otherwise; their numbers and dates are shown elsewhere."""
    changes = [
        HeadChange(_("Whom the policy covers"), _covered(before), _covered(after)),
        HeadChange(_("Whom to ask"), before.ask, after.ask),
        HeadChange(_("Name of the policy"), before.name, after.name),
    ]
    for word in dict.fromkeys((*before.groups, *after.groups)):
        name = _("Who is meant by “%(word)s”") % {"word": phrases.group(word, after)}
        changes.append(HeadChange(name, _meant(before, word), _meant(after, word)))
    return [change for change in changes if change.before != change.after]


def _covered(policy: Policy) -> str:
    return phrases.spelled_out(policy, policy.covers)


def _meant(policy: Policy, word: str) -> str:
    return phrases.people("who", policy.groups[word]) if word in policy.groups else ""


def answers(before: CompiledPolicy, after: CompiledPolicy, on: date) -> Answers:
    """Return which answers two versions give differently, those whose outcome changes first."""
    compared = changed_answers(before, after, on)
    outcomes = compared.of(Weight.OUTCOME)
    by_way = {way: [change for change in outcomes if change.direction is way] for way in Direction}
    groups = [
        (_("Answers that become stricter"), by_way[Direction.STRICTER]),
        (_("Answers that become milder"), by_way[Direction.MILDER]),
        (_("Other answers that change"), by_way[Direction.SAME]),
        (_("The same answer, but other things to do"), list(compared.of(Weight.DUTIES))),
    ]
    return Answers(
        [_group(heading, changes, before.policy, after.policy) for heading, changes in groups if changes],
        minor=len(compared.of(Weight.CLAUSES)),
        complete=compared.all_looked_at,
    )


def _group(heading: str, changes: list[ChangedAnswer], before: Policy, after: Policy) -> AnswerGroup:
    shown = [_changed(change, before, after) for change in changes[:MOST]]
    return AnswerGroup(heading, shown, max(0, len(changes) - MOST))


def _changed(change: ChangedAnswer, before: Policy, after: Policy) -> Changed:
    return Changed(situations.changed(change), _answer_shown(change.before, before), _answer_shown(change.after, after))


def _answer_shown(answer: VersionAnswer, policy: Policy) -> AnswerShown:
    outcome = answer.outcome.value
    cited = dict.fromkeys((*answer.clauses, *(duty.clause for duty in answer.duties)))
    return AnswerShown(outcomes.outcome(outcome), clauses.css(outcome), clauses.cards(policy, cited))


@dataclass(frozen=True)
class Text:
    """A clause that reads differently: pieces of its words, kept, removed or added, and what else changed."""

    id: str
    label: str
    kind: str
    pieces: list[tuple[str, str]]
    fields: list[str]
    binds_otherwise: bool


FIELDS = {
    "at": gettext_noop("its place"),
    "who": gettext_noop("who it applies to"),
    "force": gettext_noop("its force"),
    "topics": gettext_noop("its topics"),
    "runs": gettext_noop("how it is carried out"),
    "norms": gettext_noop("what it means when somebody asks"),
    "duties": gettext_noop("the tasks that it makes"),
    "procedure": gettext_noop("the steps of a case"),
    "checks": gettext_noop("the checks before publishing"),
    "watches": gettext_noop("what monitoring may look for"),
    "governance": gettext_noop("approval and signing"),
    "consequence": gettext_noop("the consequences"),
    "refers": gettext_noop("what it refers to"),
    "welsh": gettext_noop("its Welsh text"),
}


@dataclass(frozen=True)
class TextGroup:
    """Clauses that differ in one way."""

    heading: str
    texts: list[Text]

    @property
    def labels(self) -> list[str]:
        return [text.label for text in self.texts]


def grouped_texts(before: Policy, after: Policy) -> list[TextGroup]:
    """Return which clauses bind otherwise, are new, gone or only put in other words, the weightiest first."""
    every = texts(before, after)
    changed = [each for each in every if each.kind == Difference.CHANGED.value]
    groups = [
        (_("Clauses that bind otherwise than before"), [each for each in changed if each.binds_otherwise]),
        (_("New clauses"), [each for each in every if each.kind == Difference.ADDED.value]),
        (_("Clauses that are gone"), [each for each in every if each.kind == Difference.REMOVED.value]),
        (_("Other words, the same meaning"), [each for each in changed if not each.binds_otherwise]),
    ]
    return [TextGroup(heading, those) for heading, those in groups if those]


def texts(before: Policy, after: Policy) -> list[Text]:
    """Return which clauses read differently, word by word."""
    return [
        Text(
            difference.id,
            difference.label,
            difference.kind.value,
            [(piece.kind.value, piece.words) for piece in difference.text],
            [_(FIELDS.get(name, name)) for name in difference.fields],
            difference.binds_otherwise,
        )
        for difference in differences(before, after)
    ]
