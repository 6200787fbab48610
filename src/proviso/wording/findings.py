"""What was found in a post, as sentences: what it is, and what to do about it."""

from collections.abc import Callable

from django.utils.translation import gettext, ngettext

from proviso.rules.screening import Finding, Kind, Severity
from proviso.wording._marking import gettext_noop as _

SEVERITIES = {
    Severity.STOP: _("Change this first"),
    Severity.ASK: _("Answer this"),
    Severity.HINT: _("Look again"),
}
_NAMED = {
    "given": _("“%(text)s” is on the roll, and may be named."),
    "refused": _("“%(text)s” is on the roll, and may not be named: consent was refused. Leave the name out."),
    "withdrawn": _("“%(text)s” is on the roll, and may not be named: consent was withdrawn. Leave the name out."),
    "not_asked": _(
        "“%(text)s” is on the roll, and nobody has asked whether the name may be used. Ask, or leave it out."
    ),
    "like": _("“%(text)s” is nearly a name on the roll. Is it that person? Then check the consent."),
}
_METADATA = {
    "place": _("The picture “%(text)s” says where it was taken. Remove its location before it goes out."),
    "details": _("The picture “%(text)s” holds details of the camera and the day. Remove them before it goes out."),
}
_WORDS = {
    Kind.FIRST_NAME: _("“%(text)s” is the first name of somebody on the roll. Can others tell who it is?"),
    Kind.PHONE: _("“%(text)s” is a phone number. Is it the school's own?"),
    Kind.EMAIL: _("“%(text)s” is an email address. Is it the school's own?"),
    Kind.POSTAL_ADDRESS: _("“%(text)s” is an address. Leave it out, unless it is the school's or a venue's."),
    Kind.POSTCODE: _("“%(text)s” is a postcode. Is it the school's or a venue's?"),
    Kind.DATE_OF_BIRTH: _("“%(text)s” is somebody's date of birth. Leave it out."),
    Kind.UPN: _("“%(text)s” is a unique pupil number. Leave it out."),
    Kind.NHS_NUMBER: _("“%(text)s” is an NHS number. Leave it out."),
    Kind.NI_NUMBER: _("“%(text)s” is a National Insurance number. Leave it out."),
    Kind.CAR_PLATE: _("“%(text)s” is a number plate. Leave it out, unless its owner agrees."),
    Kind.WHEREABOUTS: _(
        "This tells others where children will be, and when. Post it afterwards, or leave out place or time."
    ),
    Kind.TONE: _("How does “%(text)s” sound to whoever it is about? Say it kindly, or leave it out."),
    Kind.GRIEVANCE: _("Does “%(text)s” air a grievance? Take it to the school, not to a post."),
    Kind.CONFIDENTIAL: _("Is “%(text)s” something confidential about somebody? Then leave it out."),
    Kind.DISREPUTE: _("Could “%(text)s” harm the name of the school?"),
    Kind.COPYRIGHT: _("“%(text)s”: who holds the rights? Use your own, or ask, and name the source."),
    Kind.CLAIM: _("Can you prove “%(text)s”? Say what was reached, and by whom."),
    Kind.INCLUSIVE: _("Does “%(text)s” leave somebody out? Choose words that include everybody."),
    Kind.READING_AGE: _("This reads hard: about the age of %(why)s. Make shorter sentences of it."),
}
_UNSEEN_LINK = _("The link “%(text)s” does not show where it leads. Use the whole address.")
_WRONG_LINK = _("The link “%(text)s” names another site than %(why)s, to which it leads. Put it right.")
_LINK = _("The link leads to %(why)s. Is that where it should lead?")
_FACES_UNCOUNTED = _("Look at the picture “%(text)s”: who is in it, and did they agree to be shown?")
_NO_FACES = _("No face was recognised in the picture “%(text)s”. Small and turned faces are missed: look yourself.")


def finding_words(finding: Finding) -> str:
    """Return what a finding says to whoever writes the post."""
    special = _SPECIAL.get(finding.kind)
    if special is not None:
        return special(finding)
    return gettext(_WORDS[finding.kind]) % _of(finding)


def severity_words(severity: Severity) -> str:
    return gettext(SEVERITIES[severity])


def _of(finding: Finding) -> dict[str, str]:
    return {"text": finding.text, "why": finding.why}


def _name(finding: Finding) -> str:
    return gettext(_NAMED[finding.why]) % _of(finding)


def _metadata(finding: Finding) -> str:
    return gettext(_METADATA[finding.why]) % _of(finding)


def _link(finding: Finding) -> str:
    words = {Severity.STOP: _WRONG_LINK, Severity.ASK: _UNSEEN_LINK}.get(finding.severity, _LINK)
    return gettext(words) % _of(finding)


def _face(finding: Finding) -> str:
    if finding.why == "not_counted":
        return gettext(_FACES_UNCOUNTED) % _of(finding)
    if finding.why == "0":
        return gettext(_NO_FACES) % _of(finding)
    count = int(finding.why)
    words = ngettext(
        "The picture “%(text)s” shows one face, perhaps more. Did they agree to be shown?",
        "The picture “%(text)s” shows %(count)s faces, perhaps more. Did all of them agree to be shown?",
        count,
    )
    return words % {"text": finding.text, "count": count}


_SPECIAL: dict[Kind, Callable[[Finding], str]] = {
    Kind.NAME: _name,
    Kind.METADATA: _metadata,
    Kind.LINK: _link,
    Kind.FACE: _face,
}
