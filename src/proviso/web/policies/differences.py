"""What differs between two versions, in words: clause by clause, word by word, and answer by answer."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from proviso.rules.norms import ChangedAnswer, CompiledPolicy, Policy, VersionAnswer, Weight, changed_answers
from proviso.rules.rulebook import differences
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
class Answers:
    """The answers that change; `duties` keep their outcome but not what must be done, `minor` only cite others."""

    changed: list[Changed]
    duties: list[Changed]
    minor: int
    more: int
    complete: bool

    @property
    def nothing(self) -> bool:
        return not self.changed and not self.duties and not self.minor


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
    outcomes, duties = compared.of(Weight.OUTCOME), compared.of(Weight.DUTIES)
    return Answers(
        changed=[_changed(change, before.policy, after.policy) for change in outcomes[:MOST]],
        duties=[_changed(change, before.policy, after.policy) for change in duties[:MOST]],
        minor=len(compared.of(Weight.CLAUSES)),
        more=max(0, len(outcomes) - MOST) + max(0, len(duties) - MOST),
        complete=compared.all_looked_at,
    )


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
    "who": gettext_noop("whom it binds"),
    "force": gettext_noop("its force"),
    "topics": gettext_noop("its topics"),
    "runs": gettext_noop("what carries it out"),
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
