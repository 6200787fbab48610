"""Whom a policy names, and through what its establishment communicates, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from proviso.rules.norms import Policy
from proviso.wording._marking import gettext_noop as _
from proviso.wording.localised import plain

_ROLES = {
    "headteacher": _("Headteacher"),
    "dsl": _("Designated safeguarding lead"),
    "chair": _("Chair of governors"),
    "safeguarding_governor": _("Safeguarding governor"),
    "school": _("The school"),
}
_IN_WALES = {"dsl": _("Designated safeguarding person")}
_ABOVE_SCHOOL = {"chair": _("Chair"), "safeguarding_governor": _("Trustee for safeguarding"), "school": _("The office")}
_CHANNELS = {
    "agreed_channel": _("Agreed channels"),
    "official_channel": _("Website"),
}


@dataclass(frozen=True)
class ContactInWords:
    """Somebody whom a policy names: as what, and how they are reached at work."""

    role: str
    name: str
    phone: str
    email: str


def contacts(policy: Policy) -> list[ContactInWords]:
    """Return whom a policy names, in the order in which people look for them; the school itself is the last."""
    return [
        ContactInWords(_role(key, policy), contact.name, contact.phone, contact.email)
        for key in _ROLES
        if (contact := policy.contacts.get(key)) is not None
    ]


def _role(key: str, policy: Policy) -> str:
    if policy.nation == "Wales" and key in _IN_WALES:
        return gettext(_IN_WALES[key])
    if policy.kind in ("trust", "authority") and key in _ABOVE_SCHOOL:
        return gettext(_ABOVE_SCHOOL[key])
    return gettext(_ROLES[key])


def channels(policy: Policy) -> Iterator[tuple[str, str]]:
    """Yield through what an establishment communicates: what it is, and its names."""
    for way, label in _CHANNELS.items():
        if policy.channels.get(way):
            yield gettext(label), ", ".join(plain(name, policy) for name in policy.channels[way])
