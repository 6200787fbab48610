"""Where everybody's own pages and those of an establishment stand on the site."""

from django.utils.translation import gettext_lazy as _

from proviso.web.kit.navigation import Crumb, Entry, register

register(
    Entry(_("Log"), "dashboards:log", "log.view", order=50),
    Crumb("dashboards:my", _("What is waiting for you")),
)
