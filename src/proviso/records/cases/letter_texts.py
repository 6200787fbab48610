"""How a letter of a case begins: from the school's own template, or the one that comes with the program."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from proviso.records.cases.models import Case, LetterTemplate, Step
from proviso.records.cases.procedures import version_in_force
from proviso.records.people.models import Establishment, Role
from proviso.records.policies.compiled import policy_of
from proviso.rules import rulebook
from proviso.wording.letters import LetterText, filled, template


def template_of(establishment: Establishment, kind: str, language: str) -> LetterText:
    """Return a school's own text for a kind of letter, or else the one that comes with the program."""
    own = LetterTemplate.objects.filter(establishment=establishment, kind=kind, language=language).first()
    return LetterText(own.subject, own.body) if own is not None else template(kind, language)


def beginning(case: Case, kind: str, language: str, step: Step | None, on: date) -> LetterText:
    """Return the text with which a letter begins: what the case knows is filled in, the rest is left as a gap."""
    establishment = case.establishment
    known = rulebook.case_kinds().kinds[case.kind].name
    with override(language):
        words = {
            "school": establishment.name,
            "headteacher": _leader(establishment, on),
            "today": date_format(on, "j F Y"),
            "aware_on": date_format(case.aware_on, "j F Y"),
            "reference": case.reference,
            "kind": known.cy if language == "cy" else known.en,
            "clause": _clauses(case, step),
            "complaints": _("The complaints procedure is on the school’s website and at the office."),
            "policy": _policy_name(establishment, on),
        }
    return filled(template_of(establishment, kind, language), words)


def _clauses(case: Case, step: Step | None) -> str:
    if step is not None and step.is_baseline:  # no clause of the school's own says it: whoever writes fills the gap
        return ""
    if step is not None:
        labels = [step.clause_label]
    else:
        labels = list(dict.fromkeys(case.steps.filter(is_baseline=False).values_list("clause_label", flat=True)))
    return ", ".join(_("clause %(label)s") % {"label": label} for label in labels)


def _policy_name(establishment: Establishment, on: date) -> str:
    version = version_in_force(establishment, on)
    return policy_of(version).name if version else ""


def _leader(establishment: Establishment, on: date) -> str:
    held = Role.objects.on(on).filter(establishment=establishment, kind=Role.Kind.HEADTEACHER)
    role = held.select_related("person").first()
    return role.person.name if role else ""
