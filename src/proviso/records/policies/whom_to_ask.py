"""Whom somebody asks whether an email is genuine: every email about the policy says so."""

from datetime import date

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from proviso.records.people.actors import Public
from proviso.records.people.models import Establishment, Person
from proviso.records.policies import compiled
from proviso.records.policies.selectors.versions import public_version

Text = str | Promise


def whom_to_ask(establishment: Establishment, person: Person, on: date) -> list[Text]:
    """Return whom to ask whether a message is genuine, as the policy in force names them."""
    version = public_version(Public(on), establishment.slug)
    known = {} if version is None else compiled.policy_of(version).contacts
    head, office = known.get("headteacher"), known.get("school")
    name = head.name if head and head.name != person.name else ""  # nobody is told to ask themselves
    phone = (office.phone if office else "") or (head.phone if head else "")
    if name and phone:
        said = _("Not sure whether this message is genuine? Ask {name} or phone the school on {phone}.")
    elif phone:
        said = _("Not sure whether this message is genuine? Phone the school on {phone}.")
    elif name:
        said = _("Not sure whether this message is genuine? Ask {name}.")
    else:
        said = _("Not sure whether this message is genuine? Ask at the school office.")
    return [format_lazy(said, name=name, phone=phone)]
