"""Two policies compared, and what is odd within one, in sentences."""

from django.utils.translation import gettext, ngettext

from proviso.rules.norms import Comparison, Oddity, OddNorm, Verdict
from proviso.wording import phrases
from proviso.wording._marking import gettext_noop as _

_VERDICTS = {
    Verdict.EQUIVALENT: _("The two policies give the same answer in every situation. This is proven, not sampled."),
    Verdict.A_STRICTER: _("%(a)s is the stricter: wherever one of the two is stricter, it is this one."),
    Verdict.B_STRICTER: _("%(b)s is the stricter: wherever one of the two is stricter, it is this one."),
    Verdict.BOTH_WAYS: _("Neither is the stricter of the two in all that they say."),
}
_ODDITIES = {
    Oddity.NEVER_DECIDES: _("%(clause)s never decides: wherever it speaks, the answer comes from %(beside)s"),
    Oddity.NEEDLESS: _("%(clause)s changes no answer: wherever it decides, so does %(beside)s, in the same way"),
    Oddity.AT_ODDS: _("%(clause)s permits something that is not allowed by %(beside)s"),
}


def verdict(comparison: Comparison, a: str, b: str) -> str:
    """Say which of two policies, called `a` and `b`, is the stricter."""
    return gettext(_VERDICTS[comparison.verdict]) % {"a": a, "b": b}


def counted(comparison: Comparison, a: str, b: str) -> list[str]:
    """Say in how many kinds of situations two policies answer differently, and which is the stricter in how many."""
    every, counts = len(comparison.differences), comparison.counts()
    lines = []
    if every:
        told = ngettext(
            "They answer differently in %(count)d kind of situation.",
            "They answer differently in %(count)d kinds of situation.",
            every,
        )
        lines.append(told % {"count": every})
    for way, name in ((Verdict.A_STRICTER, a), (Verdict.B_STRICTER, b)):
        if counts[way]:
            lines.append(gettext("%(policy)s is stricter in %(count)d.") % {"policy": name, "count": counts[way]})
    if counts[Verdict.BOTH_WAYS]:
        told = gettext("In %(count)d, one allows what the other does not mention.")
        lines.append(told % {"count": counts[Verdict.BOTH_WAYS]})
    if comparison.duties:
        told = ngettext(
            "In %(count)d more the answer is the same, but not what must be done.",
            "In %(count)d more the answer is the same, but not what must be done.",
            len(comparison.duties),
        )
        lines.append(told % {"count": len(comparison.duties)})
    return lines


def complete() -> str:
    """Say what the list of differences stands for."""
    return gettext(
        "The list is complete: any situation that the two policies answer differently is one of these, or one of these "
        "with more facts. Whatever is not said in a line is taken as no."
    )


def odd(norm: OddNorm) -> str:
    """Say what is odd about a norm."""
    return gettext(_ODDITIES[norm.oddity]) % {"clause": norm.clause, "beside": phrases.both(norm.beside)}
