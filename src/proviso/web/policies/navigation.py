"""Where policies and signatures stand on the site."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proviso.web.kit.navigation import Crumb, Entry, register

register(
    Entry(gettext_lazy("Policy"), "policies:overview", "policy.view", order=10),
    Entry(gettext_lazy("Signatures"), "acknowledgements:overview", "signing.figures", order=20),
    Crumb("policies:overview", gettext_lazy("Policy"), action="policy.view"),
    Crumb(
        "policies:version",
        lambda context: _("Version %(number)s") % {"number": context["version"].number},
        action="policy.view",
    ),
    Crumb("policies:clauses", gettext_lazy("Clauses"), action="policy.view"),
    Crumb("acknowledgements:sign", gettext_lazy("Read and sign")),
    Crumb("acknowledgements:overview", gettext_lazy("Signatures"), action="signing.figures"),
    Crumb("acknowledgements:people", gettext_lazy("Who has signed"), action="signing.names"),
)
