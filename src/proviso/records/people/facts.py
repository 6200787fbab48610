"""Roles become facts: who somebody is, in the words of the clause language."""

from collections.abc import Iterable

from proviso.records.people.models import Role

Kind = Role.Kind
# What a policy calls them. Who only holds a task (safeguarding, line management, IT) is staff by it.
WHO = {
    Kind.HEADTEACHER: "headteacher",
    Kind.DEPUTY_HEAD: "teacher",
    Kind.TEACHER: "teacher",
    Kind.SUPPORT_STAFF: "support_staff",
    Kind.CHAIR: "governor",
    Kind.GOVERNOR: "governor",
    Kind.TRUSTEE: "trustee",
    Kind.VOLUNTEER: "volunteer",
    Kind.CONTRACTOR: "contractor",
    Kind.PUPIL: "pupil",
    Kind.PARENT: "parent",
}
BY_TASK = {
    Kind.DSL: "support_staff",
    Kind.DEPUTY_DSL: "support_staff",
    Kind.LINE_MANAGER: "support_staff",
    Kind.CLERK: "support_staff",
    Kind.IT_LEAD: "support_staff",
    Kind.ADMINISTRATOR: "support_staff",
    Kind.DPO: "contractor",
    Kind.EXECUTIVE: "trustee",
}


def who(kinds: Iterable[str]) -> tuple[str, ...]:
    """Return the values of the fact `who` for somebody who holds these roles, in the order of the table.

    A task alone (the clerk, the IT lead) makes somebody staff; beside another role it adds nothing.
    """
    held = [Kind(kind) for kind in kinds]
    first = dict.fromkeys(WHO[kind] for kind in WHO if kind in held)
    return tuple(first) or tuple(dict.fromkeys(BY_TASK[kind] for kind in BY_TASK if kind in held))


def kinds_for(values: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds of role whose holders a policy means by some values of `who`."""
    wanted = set(values)
    return tuple(kind.value for kind, value in {**WHO, **BY_TASK}.items() if value in wanted)
