"""Where opinions on answers stand on the site."""

from django.utils.translation import gettext_lazy as _

from proviso.web.kit.navigation import Crumb, Entry, register

register(
    Entry(_("Opinions"), "answers:opinions", "answers.view", order=45),
    Crumb("answers:opinions", _("Opinions on answers"), action="answers.view"),
)
