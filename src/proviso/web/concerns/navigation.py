"""Where concerns stand in the bar: sharing one for everybody, those to deal with for whoever may have some."""

from django.utils.translation import gettext_lazy as _

from proviso.web.concerns.waiting import concerns_waiting
from proviso.web.kit.navigation import Crumb, Entry, register

register(
    Entry(
        _("Share a concern"),
        "concerns:share_public",
        "",
        order=25,
        section="share",
        covers=("concerns:share", "concerns:contact", "concerns:receipt", "concerns:mine"),
    ),
    Entry(
        _("About pupils and others"),
        "concerns:pupils",
        "concerns.list",
        order=35,
        section="concerns",
        count=concerns_waiting,
        covers=("concerns:concern",),
    ),
    Entry(
        _("About adults"),
        "concerns:adults",
        "concerns.list",
        order=36,
        section="concerns",
        covers=("concerns:adult",),
    ),
    Crumb("concerns:list", _("Concerns"), action="concerns.list"),
    Crumb("concerns:adults", _("About adults"), action="concerns.list"),
    Crumb("concerns:concern", _("Concern")),
    Crumb("concerns:share", _("Share a concern")),
    Crumb("concerns:mine", _("What you have shared")),
)
