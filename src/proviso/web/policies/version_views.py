"""Where a policy stands: its versions, one version with what is to be done next, and what changes."""

from datetime import date

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proviso.records.people import role_names
from proviso.records.people.models import Establishment
from proviso.records.policies import compiled, policy_edits
from proviso.records.policies.models import Approval, Version
from proviso.records.policies.models.versions import OPEN_STATES
from proviso.records.policies.selectors import acknowledgements
from proviso.records.policies.selectors import versions as read
from proviso.records.policies.services.approvals import capacities
from proviso.rules import rulebook
from proviso.rules.norms import CompiledPolicy
from proviso.web.kit.lists import Column, ListPage, table_of
from proviso.web.kit.pages import ActorRequest, establishment_page, render_page
from proviso.web.policies import differences
from proviso.web.policies.task_list import Work, task_list

State = Version.State


@establishment_page("policy.view")
def overview(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    today = timezone.localdate()
    versions = list(read.versions_of(request.actor, establishment))
    current = next((version for version in versions if version.in_force_on(today)), None)
    campaign = acknowledgements.campaign_of(request.actor, establishment)
    coming = next((version for version in versions if _is_coming(version, today)), None)
    context = {
        "current": current,
        "moved_on": read.newer_model(request.actor, current) if current else None,
        "coming": coming,
        "coming_signing": acknowledgements.coming_signing(request.actor, establishment) if coming else None,
        "draft": next((version for version in versions if version.state in OPEN_STATES), None),
        "versions": table_of(request, _versions_list(versions, establishment)),
        "campaign": campaign,
        "figures": acknowledgements.figures(request.actor, campaign, today)[0] if campaign else None,
        "models": read.published_models(request.actor, establishment),
    }
    return render_page(request, "policies/overview.html", context)


def _is_coming(version: Version, today: date) -> bool:
    return version.state == State.ADOPTED and version.in_force_from is not None and version.in_force_from > today


def _versions_list(versions: list[Version], establishment: Establishment) -> ListPage[Version]:
    return ListPage(
        title=_("All versions"),
        rows=lambda query: versions,
        columns=[
            Column(
                _("Version"),
                lambda version: _("Version %(number)s") % {"number": version.number},
                link=lambda version: reverse("policies:version", args=[establishment.slug, version.number]),
            ),
            Column(_("State"), _state),
            Column(_("In force"), _in_force),
            Column(_("Prepared by"), lambda version: version.prepared_by.name),
        ],
        count=lambda count: ngettext("%(count)d version", "%(count)d versions", count) % {"count": count},
        empty=_("None yet."),
    )


def _state(version: Version) -> str:
    state = version.get_state_display()
    return f"{state}, {_('a model for schools')}" if version.published_at else state


def _in_force(version: Version) -> str:
    if version.in_force_from is None:
        return "–"
    first = date_format(version.in_force_from, "j F Y")
    if version.in_force_until is None:
        return _("from %(first)s") % {"first": first}
    last = date_format(version.in_force_until, "j F Y")
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


@establishment_page("policy.view")
def version(request: ActorRequest, establishment: Establishment, number: int) -> HttpResponseBase:
    version = read.version_for(request.actor, establishment, number)
    approvals = read.approvals_of(request.actor, version)
    work = Work(
        version,
        [*read.variations_of(request.actor, version).values()],
        read.consultations_of(request.actor, version),
        approvals,
        read.questions_of(request.actor, version) if version.state in OPEN_STATES else [],
        _model_labels(version),
    )
    context = {
        "version": version,
        "policy_": compiled.policy_of(version),
        "tasks": task_list(work, request.may) if version.state in OPEN_STATES else None,
        "questions": work.questions,
        "approvals": [(approval, role_names.role(approval.capacity, establishment)) for approval in approvals],
        "mine": next((approval for approval in approvals if _waits_for(approval, request)), None),
        "needed": [
            role_names.role(kind, establishment) for kind in capacities(compiled.policy_of(version), establishment)
        ],
        "consultations": work.consultations,
        "variations": work.variations,
        "entries": read.life_of(request.actor, version)[:50],
        "reviews": read.reviews_of(request.actor, version),
        "in_force": version.in_force_on(timezone.localdate()),
    }
    return render_page(request, "policies/version.html", context)


def _model_labels(version: Version) -> dict[str, str]:
    """Return by what name clauses go that the version may not have any more: their numbers in the one before it."""
    before = compiled.policy_of(version.previous) if version.previous else None
    return {clause.id: clause.label for clause in before.clauses} if before else {}


def _waits_for(approval: Approval, request: ActorRequest) -> bool:
    return approval.state == Approval.State.WAITING and approval.person_id == request.actor.person.pk


@establishment_page("policy.view")
def changes(request: ActorRequest, establishment: Establishment, number: int) -> HttpResponseBase:
    """Compare a version with the one before it, with its model, with the model's newer text, or with any other."""
    version = read.version_for(request.actor, establishment, number)
    options = _comparable(request, establishment, version)
    against = request.GET.get("with", "")
    chosen = next((key for key, _label in options if key == against), options[0][0] if options else "")
    before = _book(request, establishment, version, chosen)
    context: dict[str, object] = {"version": version, "options": options, "chosen": chosen}
    if before is not None:
        after = compiled.compiled_policy(version)
        if chosen == "moved":  # the model's newer text is what would come: read it as the later one
            before, after = after, before
        context |= {
            "texts": differences.grouped_texts(before.policy, after.policy),
            "heads": differences.heads(before.policy, after.policy),
            "answers": differences.answers(before, after, timezone.localdate()),
        }
    return render_page(request, "policies/changes.html", context)


def _comparable(request: ActorRequest, establishment: Establishment, version: Version) -> list[tuple[str, str]]:
    options = [
        (str(other.number), _("Version %(number)s") % {"number": other.number})
        for other in read.versions_of(request.actor, establishment)
        if other.number != version.number and other.state != State.DISCARDED
    ]
    previous = version.previous.number if version.previous else None
    options.sort(key=lambda option: option[0] != str(previous))
    if version.model_text:
        options.append(("model", _("The model that it was made from")))
    if read.newer_model(request.actor, version):
        options.append(("moved", _("The model as it is now")))
    return options


def _book(request: ActorRequest, establishment: Establishment, version: Version, chosen: str) -> CompiledPolicy | None:
    if chosen == "model":
        return rulebook.compile_policy(policy_edits.parsed(version.model_text))
    if chosen == "moved":
        moved = read.newer_model(request.actor, version)
        return rulebook.compile_policy(policy_edits.parsed(moved.text)) if moved else None
    return compiled.compiled_policy(read.version_for(request.actor, establishment, int(chosen))) if chosen else None
