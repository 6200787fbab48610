"""Whom a policy names to be asked, with the school's own people, to whoever reads it: nobody is sent to themselves."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext

from proviso.rules import rulebook
from proviso.rules.norms import NamedContact, Policy, Ruling
from proviso.wording import phrases
from proviso.wording.localised import plain, written

HEADTEACHER = "headteacher"
_ORDER = (HEADTEACHER, "dsl", "school")
_OF_A_HEADTEACHER = ("chair", "dsl", "school")
# Who stands above the headteacher, by the kind of establishment; nobody is sent to themselves.
_ABOVE = {"trust": "trust executive"}


@dataclass(frozen=True)
class PersonToAsk:
    """Somebody whom the policy names: the role as it stands in a sentence, and who holds it, if that is known."""

    role_id: str
    role: str
    contact: NamedContact

    @property
    def dial(self) -> str:
        """The phone number without spaces, for a link."""
        return self.contact.phone.replace(" ", "")


def named_contacts(policy: Policy) -> dict[str, NamedContact]:
    """Return the people whom an establishment's policy names, by role; a model names nobody."""
    return dict(policy.contacts)


def is_headteacher(reader: Collection[str]) -> bool:
    """Whether the reader is sent to the chair where others are sent to the headteacher."""
    return HEADTEACHER in reader


def above_headteacher(policy: Policy) -> str:
    """Name who stands above a headteacher, as a policy writes it without its article."""
    return _ABOVE.get(policy.kind, "chair of governors")


def is_about_headteacher(ruling: Ruling) -> bool:
    """Whether the headteacher, and nobody else, is who acts."""
    return ruling.facts.get("who") == [HEADTEACHER]


def whom_to_ask_about(ruling: Ruling) -> str:
    """Say whom to ask where the policy leaves something open to whoever acts, as it stands in a sentence."""
    return whom_to_ask(ruling.policy.policy, (HEADTEACHER,) if is_about_headteacher(ruling) else ())


def whom_to_ask(policy: Policy, reader: Collection[str] = ()) -> str:
    """Say whom to ask, as it stands in a sentence; `reader` are the reader's own roles (values of `who`)."""
    if is_headteacher(reader) and policy.ask == "the headteacher":
        return written(f"the {above_headteacher(policy)}", policy)
    return written(policy.ask, policy)


def people_to_ask(policy: Policy, reader: Collection[str] = ()) -> tuple[PersonToAsk, ...]:
    """Return the people to ask whose name, phone or email address is known, whoever is asked first first."""
    named = named_contacts(policy)
    order = _OF_A_HEADTEACHER if is_headteacher(reader) else _ORDER
    known = [(role, named[role]) for role in order if role in named]
    return tuple(
        PersonToAsk(role, _role(role, policy), contact)
        for role, contact in known
        if contact.name or contact.phone or contact.email
    )


def addressed(policy: Policy, reader: Collection[str]) -> str:
    """Say to a headteacher what *the headteacher* in a policy's words means for them; empty for everybody else."""
    if not is_headteacher(reader):
        return ""
    return gettext("Where this says the headteacher, it means you. Ask %(whom)s instead.") % {
        "whom": plain(f"the {above_headteacher(policy)}", policy)
    }


def _role(role: str, policy: Policy) -> str:
    if role == "school":
        return gettext("the school office")
    contact = rulebook.contacts()[role]
    return phrases.phrase_words(contact.name_in(policy.nation))
