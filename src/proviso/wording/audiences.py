"""Whom a statement of a document binds, in words."""

from django.utils.translation import gettext

from proviso.wording._marking import gettext_noop as _

_AUDIENCES = {
    "staff": _("staff"),
    "volunteers": _("volunteers"),
    "governors": _("governors and trustees"),
    "pupils": _("pupils"),
    "parents": _("parents and carers"),
    "leaders": _("headteacher and leaders"),
    "dsl": _("safeguarding lead"),
    "publishers": _("people who run official accounts"),
    "school": _("the school"),
    "others": _("visitors and others"),
    "everyone": _("everyone"),
}


def audience(code: str) -> str:
    """Return whom an audience's code names."""
    return gettext(_AUDIENCES[code])
