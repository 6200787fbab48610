"""One task at a time, and the duties of a school itself."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proviso.records.people.models import Establishment
from proviso.records.people.permissions import allowed
from proviso.records.policies.selectors.versions import public_version
from proviso.records.policies.sources import policies_behind
from proviso.records.tasks.models import Task
from proviso.records.tasks.selectors import tasks as read
from proviso.records.tasks.services import tasks as services
from proviso.rules import rulebook
from proviso.rules.rulebook import Platform
from proviso.web import clauses
from proviso.web.places import ActorRequest, done, page, place

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


def task(request: ActorRequest, pk: int) -> HttpResponse:
    task = read.task_for(request.actor, pk)
    form = DoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        if done(form, lambda: services.complete_task(request.actor, task, note, now=timezone.now())):
            messages.success(request, _("Done. Thank you."))
            return redirect("my")
    return render(request, "duties/task.html", _shown(request, task, form))


def _shown(request: ActorRequest, task: Task, form: forms.Form) -> dict[str, object]:
    policy = policies_behind([task]).get(task.pk)
    clause = next((clause for clause in policy.clauses if clause.id == task.clause), None) if policy else None
    return {
        "form": form,
        "task": task,
        "card": clauses.card(clause, policy) if clause and policy else None,
        "platforms": _platforms() if clause and GUIDED & {*clause.topics} else [],
        "school": task.establishment,
        "may": allowed(request.actor, task.establishment),
        "current": public_version(task.establishment.slug, request.actor.on),
        "overdue": task.is_open and task.due_on < request.actor.on,
    }


def _platforms() -> list[Platform]:
    """Return the platforms that are in use, with where their privacy settings are."""
    return [platform for platform in rulebook.reference().platforms.values() if platform.privacy]


def reopen(request: ActorRequest, pk: int) -> HttpResponse:
    task = read.task_for(request.actor, pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and done(form, lambda: services.reopen_task(request.actor, task, now=timezone.now())):
        messages.success(request, _("The task is open again."))
        return redirect("my")
    return render(request, "duties/reopen.html", {"form": form, "task": task, "school": task.establishment})


@place("tasks.school")
def of_school(request: ActorRequest, school: Establishment) -> HttpResponse:
    context = {
        "open": read.school_tasks(request.actor, school),
        "done": read.school_tasks(request.actor, school, done=True)[:50],
    }
    return page(request, school, "duties/school.html", context)
