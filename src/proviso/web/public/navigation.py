"""Where the public pages of a policy stand in the bar."""

from django.utils.translation import gettext_lazy as _

from proviso.web.kit.navigation import Entry, register

register(
    Entry(
        _("Ask in your own words"),
        "public:ask",
        "",
        order=10,
        section="ask",
        covers=("public:answer", "public:person", "public:pass_on", "public:opinion"),
    ),
    Entry(_("Step by step"), "public:steps", "", order=11, section="ask", covers=("public:check",)),
    Entry(_("Read"), "public:policy", "", order=20, section="policy", covers=("public:clause",)),
)
