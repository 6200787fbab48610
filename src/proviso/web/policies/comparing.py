"""A version beside a model or another version, exactly; and what a review finds in it."""

from urllib.parse import urlencode

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from proviso.records.people.models import Establishment
from proviso.records.policies import compiled
from proviso.records.policies.models import Version
from proviso.records.policies.selectors import versions as read
from proviso.rules import rulebook
from proviso.rules.norms import CompiledPolicy
from proviso.web.comparisons import compared, findings
from proviso.web.kit.pages import ActorRequest, establishment_page, render_page
from proviso.wording.localised import plain


@establishment_page("policy.view")
def compare(request: ActorRequest, establishment: Establishment, number: int) -> HttpResponseBase:
    """Compare a version exactly with a model of the rulebook, or with another version."""
    version = read.version_for(request.actor, establishment, number)
    others = [other for other in read.versions_of(request.actor, establishment) if _comparable(other, version)]
    options = [(str(other.number), _("Version %(number)s") % {"number": other.number}) for other in others]
    options += [(policy, _model(policy)) for policy in rulebook.policy_ids()]
    asked = request.GET.get("with", "")
    chosen = asked if asked in dict(options) else version.model if version.model in dict(options) else options[0][0]
    book = _book(others, chosen)
    names = _("Version %(number)s") % {"number": number}, dict(options)[chosen]
    context = {
        "version": version,
        "options": options,
        "chosen": chosen,
        "compared": compared(compiled.compiled_policy(version), book, names, request.GET.get("topic", "")),
        "address": urlencode({"with": chosen}),
    }
    return render_page(request, "policies/compare.html", context)


def _comparable(other: Version, version: Version) -> bool:
    return other.number != version.number and other.state != Version.State.DISCARDED


def _model(policy: str) -> str:
    model = rulebook.load(policy)
    return plain(model.establishment, model)


def _book(others: list[Version], chosen: str) -> CompiledPolicy:
    version = next((other for other in others if str(other.number) == chosen), None)
    return compiled.compiled_policy(version) if version else rulebook.compiled(chosen)


@establishment_page("policy.view")
def findings_of(request: ActorRequest, establishment: Establishment, number: int) -> HttpResponseBase:
    """Show what a review finds in a version."""
    version = read.version_for(request.actor, establishment, number)
    graded = findings(compiled.compiled_policy(version), request.actor.on)
    return render_page(request, "policies/findings.html", {"version": version, "graded": graded})
