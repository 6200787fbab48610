"""Where the people of an establishment stand on the site."""

from django.utils.translation import gettext_lazy as _

from proviso.web.kit.navigation import Crumb, Entry, register

register(
    Entry(_("People"), "people:people", "people.view", order=50, section="people", covers=("imports:",)),
    Crumb("people:people", _("People"), action="people.view"),
    Crumb("people:left", _("People who have left"), action="people.view"),
    Crumb("people:person", lambda context: str(context["person"].name), action="people.view"),
)
