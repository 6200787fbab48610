"""Where opinions on answers stand on the site."""

from django.utils.translation import gettext_lazy as _

from proviso.web.kit.navigation import Crumb, Entry, register

register(
    Entry(_("Feedback on answers"), "answers:opinions", "answers.view", order=60, section="reports"),
    Crumb("answers:opinions", _("Feedback on answers"), action="answers.view"),
)
