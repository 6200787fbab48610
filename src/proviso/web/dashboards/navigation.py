"""Where everybody's own pages and those of an establishment stand on the site."""

from django.utils.translation import gettext_lazy as _

from proviso.web.dashboards import waiting
from proviso.web.kit.navigation import Crumb, Entry, register

register(
    Entry(
        _("Your tasks"),
        "dashboards:my",
        "establishment.view",
        order=30,
        section="tasks",
        count=waiting.tasks_waiting,
        covers=("tasks:task", "tasks:reopen"),
        personal=True,
    ),
    Entry(_("Log"), "dashboards:log", "log.view", order=61, section="reports"),
    Crumb("dashboards:settings", _("Settings"), action="establishment.change"),
    Crumb("dashboards:my", _("What you need to do")),
)
