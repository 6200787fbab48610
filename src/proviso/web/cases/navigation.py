"""Where cases stand on the site."""

from django.utils.translation import gettext_lazy as _

from proviso.web.kit.navigation import Crumb, Entry, register

register(
    Entry(_("Cases"), "cases:cases", "case.list", order=41, section="concerns", covers=("cases:",)),
    Crumb("cases:cases", _("Cases"), action="case.list"),
    Crumb("cases:templates", _("Texts of letters"), action="letter_templates.view"),
    Crumb("cases:case", lambda context: str(context["case"].reference)),
    Crumb("cases:letter", _("Letter")),
)
