"""Emails about approvals, sent in the background: what is asked of whom, and nothing of the text itself."""

from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from proviso.records.people.mail import send_notice
from proviso.records.people.models import Person, Role
from proviso.records.policies.models import Approval, Question, Version
from proviso.records.policies.whom_to_ask import whom_to_ask

Text = str | Promise


@task()
def send_request(pk: int) -> str:
    """Tell an approver that they are asked; say what became of it. Who is not asked any more is not told."""
    approvals = Approval.objects.select_related("person", "version__establishment", "version__prepared_by")
    approval = approvals.filter(pk=pk, state=Approval.State.WAITING, version__state=Version.State.APPROVAL).first()
    if approval is None or not approval.person.is_active:
        return "nobody to tell"
    establishment, number = approval.version.establishment, approval.version.number
    line = format_lazy(
        _("You are asked to approve version {number} of the social media policy of {establishment}."),
        number=number,
        establishment=establishment.name,
    )
    how = _("Sign in, read it and see what changes, then approve it or return it for changes.")
    subject = format_lazy(_("Approve the social media policy of {establishment}"), establishment=establishment.name)
    lines = [line, *_day(approval.version), how, *_contact(approval.version, approval.person)]
    was_sent = send_notice(approval.person, subject, lines, "/my/", establishment=establishment)
    return "sent" if was_sent else "no address"


@task()
def send_question(pk: int) -> str:
    """Tell whoever prepared a version that an approver asks something about it; not what, which they read there."""
    question = Question.objects.select_related("version__establishment", "version__prepared_by").filter(pk=pk).first()
    if question is None or not question.is_open or not question.version.prepared_by.is_active:
        return "nobody to tell"
    version = question.version
    text = _("Somebody who is asked to approve version {number} of the social media policy has a question about it.")
    return _sent(
        version, version.prepared_by, _("A question about your policy"), format_lazy(text, number=version.number)
    )


@task()
def send_answer(pk: int) -> str:
    """Tell an approver that what they asked is answered."""
    question = Question.objects.select_related("version__establishment", "asked_by").filter(pk=pk).first()
    if question is None or question.is_open or not question.asked_by.is_active:
        return "nobody to tell"
    version = question.version
    text = _("Your question about version {number} of the social media policy is answered. Read it, then decide.")
    return _sent(
        version,
        question.asked_by,
        _("Your question about the policy is answered"),
        format_lazy(text, number=version.number),
    )


@task()
def send_approved(pk: int, on: str) -> str:
    """Tell the chair and the headteacher that a version is approved and waits for its adoption to be recorded."""
    version = Version.objects.select_related("establishment").filter(pk=pk, state=Version.State.APPROVED).first()
    if version is None:
        return "nobody to tell"
    kinds = (Role.Kind.CHAIR, Role.Kind.HEADTEACHER if version.establishment.is_school else Role.Kind.EXECUTIVE)
    holding = Role.objects.filter(establishment=version.establishment, kind__in=kinds).on(date.fromisoformat(on))
    people = {role.person_id: role.person for role in holding.select_related("person") if role.person.is_active}
    text = _("Version {number} of the social media policy is approved. Record its adoption, and it comes into force.")
    for person in people.values():
        _sent(version, person, _("The social media policy is approved"), format_lazy(text, number=version.number))
    return f"told {len(people)}"


def _day(version: Version) -> list[Text]:
    """Return from when a version is to be in force, where somebody has said so: by then it has to be decided."""
    if version.in_force_from is None:
        return []
    day = lazy(date_format, str)(version.in_force_from, "j F Y")
    return [format_lazy(_("It is meant to be in force from {day}."), day=day)]


def _contact(version: Version, person: Person) -> list[Text]:
    """Return who prepared a version, with their address, and whom to ask whether the message is genuine."""
    preparer = version.prepared_by
    prepared: list[Text] = []
    if preparer.pk != person.pk and preparer.is_active:
        reach = f"{preparer.name}, {preparer.email}" if preparer.email else preparer.name
        prepared = [format_lazy(_("Questions about it? Ask whoever prepared it: {reach}."), reach=reach)]
    return [*prepared, *whom_to_ask(version.establishment, person, localdate())]


def _sent(version: Version, person: Person, subject: Text, words: Text) -> str:
    named = format_lazy("{subject}: {establishment}", subject=subject, establishment=version.establishment.name)
    lines = [words, *whom_to_ask(version.establishment, person, localdate())]
    return "sent" if send_notice(person, named, lines, "/my/", establishment=version.establishment) else "no address"
