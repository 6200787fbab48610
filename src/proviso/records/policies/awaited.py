"""What people wait for that others are to do: approvals, decisions on exemptions, signatures."""

from collections.abc import Iterator

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from proviso.records.people import role_names
from proviso.records.people.actors import Actor
from proviso.records.people.needs import Awaited, Scope, Target, Text, register_awaited
from proviso.records.policies.models import Acknowledgement
from proviso.records.policies.needs import open_approvals, signings
from proviso.records.policies.signatories import SigningStatus


@register_awaited
def approvals(scope: Scope) -> Iterator[tuple[Actor, Awaited]]:
    """Whoever prepares a version waits for those who are asked to approve it."""
    for approval in scope.once(open_approvals):
        version = approval.version
        establishment = scope.establishments.get(version.establishment_id)
        if establishment is None:
            continue
        awaited = Awaited(
            what=format_lazy(
                _("{name} ({capacity}) to approve version {number} of the policy"),
                name=approval.person.name,
                capacity=lazy(role_names.role, str)(approval.capacity, establishment),
                number=version.number,
            ),
            target=Target("policies:version", (establishment.slug, version.number)),
            since=localtime(approval.asked_at).date(),
            establishment=establishment,
        )
        for actor in scope.able("policy.prepare", establishment):
            if actor.person.pk != approval.person_id:
                yield actor, awaited


@register_awaited
def exemptions(scope: Scope) -> Iterator[tuple[Actor, Awaited]]:
    """Whoever asked to be exempted waits for the answer."""
    open_now = scope.once(signings)
    for pk, campaign in open_now.campaigns.items():
        establishment = scope.establishments[pk]
        for actor in scope.actors_in(establishment):
            answer = open_now.answers.get((campaign.pk, actor.person.pk))
            if answer is not None and answer.kind == Acknowledgement.Kind.EXEMPTION_ASKED:
                target = Target("acknowledgements:done", (establishment.slug,))
                what = _("A decision on the exemption that you asked for")
                yield actor, Awaited(what, target, localtime(answer.at).date(), establishment)


@register_awaited
def signatures(scope: Scope) -> Iterator[tuple[Actor, Awaited]]:
    """Whoever looks after signing waits for those who have time left; who is late needs somebody (see `needs`)."""
    open_now = scope.once(signings)
    for pk, asked in open_now.asked.items():
        establishment, campaign = scope.establishments[pk], open_now.campaigns[pk]
        waiting = [row for row in asked if row.standing is SigningStatus.WAITING]
        if not waiting:
            continue
        awaited = Awaited(
            what=_still_to_sign(len(waiting)),
            target=Target("acknowledgements:people", (establishment.slug,), "standing=waiting"),
            since=campaign.opened_on,
            establishment=establishment,
            due_on=max(row.due_on for row in waiting),
        )
        yield from ((actor, awaited) for actor in scope.able("signing.names", establishment))


def _still_to_sign(count: int) -> Text:
    return lazy(
        lambda: (
            ngettext("%(count)d person has still to sign", "%(count)d people have still to sign", count)
            % {"count": count}
        ),
        str,
    )()
