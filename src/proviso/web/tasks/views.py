"""One task at a time, and the duties of a school itself."""

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proviso.records.people.models import Establishment
from proviso.records.policies.sources import policies_behind
from proviso.records.tasks.models import Task
from proviso.records.tasks.selectors import tasks as selectors
from proviso.records.tasks.services import tasks as services
from proviso.rules import rulebook
from proviso.rules.rulebook import Platform
from proviso.web import clauses
from proviso.web.kit.confirm import confirm_page
from proviso.web.kit.forms import INVALID, FormPage, done, posted, saved
from proviso.web.kit.pages import ActorRequest, establishment_page, render_page

DECLARE = "declare"  # what a clause runs that asks for a declaration
GUIDED = {"privacy-settings", "contact-details", "passwords"}


class DoneForm(forms.Form):
    """That a task is done, with a note for oneself if wanted."""

    note = forms.CharField(
        label=gettext_lazy("A note, if you want one"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For example when and where. Do not write about other people here."),
    )


class DeclarationForm(DoneForm):
    """What somebody has to declare: something, or nothing."""

    field_order = ("declared", "note")
    declared = forms.ChoiceField(
        label=gettext_lazy("What do you declare?"),
        widget=forms.RadioSelect,
        choices=[
            (Task.Declared.NOTHING, gettext_lazy("I have nothing to declare")),
            (Task.Declared.SOMETHING, gettext_lazy("I have something to declare")),
        ],
        error_messages={"required": gettext_lazy("Choose whether you have something to declare.")},
    )


def task(request: ActorRequest, pk: int) -> HttpResponseBase:
    task = selectors.task_for(request.actor, pk)
    context = _context(request, task)
    form = (DeclarationForm if context["is_declaration"] else DoneForm)(posted(request))
    if task.is_open and form.is_valid() and form.cleaned_data.get("declared") == Task.Declared.SOMETHING:
        return redirect(f"{reverse('registers:declare', args=[task.establishment.slug])}?task={task.pk}")

    def complete() -> None:
        given = form.cleaned_data
        services.complete_task(request.actor, task, given["note"], given.get("declared", ""), now=timezone.now())

    if saved(form, complete):
        return done(request, _("Done. Thank you."), "dashboards:my")
    status = INVALID if form.errors else 200
    return render_page(request, "tasks/task.html", {**context, "form": form}, status)


def _context(request: ActorRequest, task: Task) -> dict[str, object]:
    policy = policies_behind([task]).get(task.pk)
    clause = next((clause for clause in policy.clauses if clause.id == task.clause), None) if policy else None
    return {
        "task": task,
        "card": clauses.card(clause, policy) if clause and policy else None,
        "platforms": _platforms() if clause and GUIDED & {*clause.topics} else [],
        "is_declaration": bool(clause and task.person_id and DECLARE in clause.runs),
        "establishment": task.establishment,
    }


def _platforms() -> list[Platform]:
    """Return the platforms that are in use, with where their privacy settings are."""
    return [platform for platform in rulebook.reference().platforms.values() if platform.privacy]


def reopen(request: ActorRequest, pk: int) -> HttpResponseBase:
    task = selectors.task_for(request.actor, pk)
    page = FormPage(_("Mark this task as not done?"), _("Open the task again"), lead=task.words or task.what)
    return confirm_page(
        request,
        page,
        lambda: services.reopen_task(request.actor, task, now=timezone.now()),
        lambda: done(request, _("The task is open again."), "dashboards:my"),
        {"task": task, "establishment": task.establishment},
    )


@establishment_page("tasks.school")
def of_establishment(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    context = {
        "open": selectors.school_tasks(request.actor, establishment),
        "done": selectors.school_tasks(request.actor, establishment, done=True)[:50],
    }
    return render_page(request, "tasks/establishment.html", context)
