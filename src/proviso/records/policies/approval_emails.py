"""E-mails about approvals, sent in the background: that somebody is asked, and nothing of the text itself."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from proviso.records.people.mail import send_notice
from proviso.records.policies.models import Approval, Version


@task()
def send_request(pk: int) -> str:
    """Tell an approver that they are asked; say what became of it. Who is not asked any more is not told."""
    approvals = Approval.objects.select_related("person", "version__establishment")
    approval = approvals.filter(pk=pk, state=Approval.State.WAITING, version__state=Version.State.APPROVAL).first()
    if approval is None or not approval.person.is_active:
        return "nobody to tell"
    establishment, number = approval.version.establishment, approval.version.number
    line = format_lazy(
        _("You are asked to approve version {number} of the social media policy of {establishment}."),
        number=number,
        establishment=establishment.name,
    )
    how = _("You sign in, read it with what changes, and approve it or return it for changes.")
    subject = format_lazy(_("Approve the social media policy of {establishment}"), establishment=establishment.name)
    was_sent = send_notice(approval.person, subject, [line, how], "/my/", establishment=establishment)
    return "sent" if was_sent else "no address"
