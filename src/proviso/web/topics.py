"""The topics of clauses by their names."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

NAMES = {
    "pupils-as-friends": _("pupils as friends"),
    "former-pupils": _("former pupils"),
    "parents-as-friends": _("parents as friends"),
    "family-and-prior-ties": _("family and prior ties"),
    "agreed-channels": _("agreed channels"),
    "contact-details": _("contact details"),
    "professional-boundaries": _("professional boundaries"),
    "confidentiality": _("confidentiality"),
    "naming-and-identifying": _("naming and identifying"),
    "pictures": _("pictures"),
    "disrepute": _("disrepute"),
    "abusive-content": _("abusive content"),
    "defamation": _("defamation"),
    "discrimination": _("discrimination"),
    "copyright": _("copyright"),
    "complaints-online": _("complaints online"),
    "stating-employer": _("stating employer"),
    "speaking-for-school": _("speaking for school"),
    "logo-and-brand": _("logo and brand"),
    "work-email": _("work email"),
    "privacy-settings": _("privacy settings"),
    "passwords": _("passwords"),
    "personal-use-at-work": _("personal use at work"),
    "equipment": _("equipment"),
    "encyclopaedias": _("encyclopaedias"),
    "vetting": _("vetting"),
    "official-accounts": _("official accounts"),
    "minimum-age": _("minimum age"),
    "equity-of-access": _("equity of access"),
    "pupil-use": _("pupil use"),
    "parent-use": _("parent use"),
    "being-bullied": _("being bullied"),
    "keeping-evidence": _("keeping evidence"),
    "reporting-concerns": _("reporting concerns"),
    "unsuitable-material": _("unsuitable material"),
    "removal": _("removal"),
    "allegations": _("allegations"),
    "monitoring": _("monitoring"),
    "legal-framework": _("legal framework"),
    "related-policies": _("related policies"),
    "consequences": _("consequences"),
    "training": _("training"),
    "roles": _("roles"),
    "review-and-approval": _("review and approval"),
    "scope": _("scope"),
    "other": _("other"),
}


def name(topic: str) -> str:
    """Return a topic's name; a topic of a site's own is called by its id."""
    return gettext(NAMES[topic]) if topic in NAMES else topic.replace("-", " ")
