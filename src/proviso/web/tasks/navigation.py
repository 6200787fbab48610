"""Where tasks stand on the site."""

from django.utils.translation import gettext_lazy as _

from proviso.web.kit.navigation import Crumb, Entry, register

register(
    Entry(_("Duties"), "tasks:establishment", "tasks.school", order=30),
    Crumb("tasks:task", _("Task"), parent="dashboards:my"),
)
