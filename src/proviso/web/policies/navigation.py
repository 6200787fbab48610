"""Where policies and signatures stand on the site."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proviso.web.kit.navigation import Crumb, Entry, register

register(
    Entry(gettext_lazy("Sign"), "acknowledgements:sign", "establishment.view", order=21, section="policy"),
    Entry(gettext_lazy("Versions"), "policies:overview", "policy.view", order=22, section="policy"),
    Entry(
        gettext_lazy("Signatures"),
        "acknowledgements:overview",
        "signing.figures",
        order=23,
        section="policy",
        covers=("acknowledgements:people", "acknowledgements:record", "acknowledgements:exemption"),
    ),
    Crumb("policies:overview", gettext_lazy("Versions"), action="policy.view"),
    Crumb(
        "policies:version",
        lambda context: _("Version %(number)s") % {"number": context["version"].number},
        action="policy.view",
    ),
    Crumb("policies:clauses", gettext_lazy("Clauses"), action="policy.view"),
    Crumb(
        "policies:clause_change",
        lambda context: (
            _("Clause %(id)s") % {"id": context["clause"].label} if context["clause"] else _("Clause switched off")
        ),
        action="policy.prepare",
    ),
    Crumb("acknowledgements:sign", gettext_lazy("Read and sign")),
    Crumb("acknowledgements:overview", gettext_lazy("Signatures"), action="signing.figures"),
    Crumb("acknowledgements:people", gettext_lazy("Who has signed"), action="signing.names"),
)
