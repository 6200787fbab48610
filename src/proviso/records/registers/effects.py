"""What follows in this room from what is done in others."""

from typing import Any, cast

from proviso.records.people.actors import Actor, Job
from proviso.records.people.change import Change, after
from proviso.records.people.models import Role
from proviso.records.registers.models import Declaration, DeclarationStep
from proviso.records.registers.sources import DECLARATION
from proviso.records.tasks.models import Task
from proviso.records.tasks.services.tasks import drop_tasks


@after("task.done")
def confirm_declaration(done: Change[Task]) -> None:
    """Confirm a declaration when the yearly task that asks for it is done."""
    task = done.record
    if task.source_kind != DECLARATION or not isinstance(done.actor, Actor):
        return
    found = Declaration.objects.filter(pk=task.source_id, state=Declaration.State.ACKNOWLEDGED).first()
    declaration = done.lock(found) if found else None
    if declaration is None or declaration.confirmed_on == done.actor.on:  # it was confirmed on its own page
        return
    declaration.confirmed_on = done.actor.on
    kind = DeclarationStep.Kind.CONFIRMED
    done.add(DeclarationStep(declaration=declaration, kind=kind, by=done.actor.person, at=done.now))
    done.named = task


@after("role.ended")
def drop_confirmations(ended: Change[Any]) -> None:
    """Ask nobody who has left to confirm what they declared."""
    role, on = cast(Role, ended.record), ended.actor.on
    others = Role.objects.filter(person=role.person_id, establishment=role.establishment_id).exclude(pk=role.pk)
    if role.ends_on is None or role.ends_on > on or others.exclude(ends_on__lte=on).exists():
        return
    tasks = role.establishment.tasks.filter(source_kind=DECLARATION, person=role.person_id, state=Task.State.OPEN)
    drop_tasks(Job("tasks of declarations", on), role.establishment, tasks, on=on, now=ended.now)
