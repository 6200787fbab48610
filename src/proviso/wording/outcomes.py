"""Outcomes and forces in a word or in a sentence of their own."""

from django.utils.translation import gettext

from proviso.wording._marking import gettext_noop as _

_OUTCOMES = {
    "prohibited": _("Not allowed"),
    "discouraged": _("Advised against"),
    "caution": _("Take care"),
    "permitted": _("Allowed"),
    "required": _("Act now"),
    "undecided": _("A question first"),
    "not_covered": _("Not covered"),
    "information": _("Information"),
    "outside": _("Not in this policy"),
}
_FORCES = {
    "prohibited": _("Prohibited"),
    "discouraged": _("Advised against"),
    "caution": _("Take care"),
    "permitted": _("Permitted"),
    "required": _("Required"),
    "principle": _("Principle"),
    "info": _("Information"),
    "consequence": _("Consequence"),
}
_SENTENCES = {
    "prohibited": _("No. The policy prohibits it."),
    "discouraged": _("Better not. The policy strongly advises against it."),
    "caution": _("Take great care. The policy warns about it."),
    "permitted": _("Yes. The policy permits it."),
    "required": _("There is something that must be done."),
    "undecided": _("It depends on something that we do not know yet."),
    "not_covered": _("The policy does not speak of this."),
    "information": _("This is what the policy says about it."),
    "outside": _("This policy is about social media. It does not deal with that."),
}
_CHECKED = {
    "permitted": _("It is allowed"),
    "caution": _("Take care: the policy warns about it"),
    "discouraged": _("Better not: the policy advises against it"),
    "prohibited": _("It is not allowed"),
    "required": _("There is something that I must do"),
    "nothing": _("There is nothing that I must do"),
}


def outcome(code: str) -> str:
    """Return an outcome in a word or two."""
    return gettext(_OUTCOMES[code])


def force(code: str) -> str:
    """Return a clause's force in a word or two."""
    return gettext(_FORCES[code])


def sentence(code: str) -> str:
    """Say an outcome without the situation that it is of."""
    return gettext(_SENTENCES[code])


def check_option(code: str) -> str:
    """Return an answer to a question that somebody signs by."""
    return gettext(_CHECKED[code])
