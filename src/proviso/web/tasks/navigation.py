"""Where tasks stand on the site."""

from django.utils.translation import gettext_lazy as _

from proviso.web.kit.navigation import Crumb, Entry, register

register(
    Entry(_("Duties of the school"), "tasks:establishment", "tasks.school", order=31, section="tasks"),
    Entry(_("School holidays"), "tasks:school_holidays", "tasks.school", order=32, section="tasks"),
    Crumb("tasks:task", _("Task"), parent="dashboards:my"),
    Crumb("tasks:school_holidays", _("School holidays")),
)
