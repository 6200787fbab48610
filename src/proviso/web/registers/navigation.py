"""Where the registers stand on the site."""

from django.utils.translation import gettext_lazy as _

from proviso.web.kit.navigation import Crumb, Entry, register

register(
    Entry(
        _("Declarations"),
        "registers:declarations",
        "declarations.view",
        order=52,
        section="people",
        covers=("registers:declaration",),
    ),
    Entry(
        _("Consents"),
        "registers:consents",
        "consents.view",
        order=53,
        section="people",
        covers=("registers:consents",),
    ),
    Crumb("registers:consents", _("Consents"), action="consents.view"),
    Crumb("registers:consents_of", lambda context: str(context["person"].name), action="consents.view"),
    Crumb("registers:declarations", _("Declarations"), action="declarations.view"),
    Crumb("registers:declaration", _("A declared tie")),
    Crumb("registers:my_declarations", _("Ties you have declared")),
)
