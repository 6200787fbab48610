"""What pages of evidence are called in the breadcrumbs of the pages below them."""

from django.utils.translation import gettext_lazy as _

from proviso.web.kit.navigation import Crumb, Entry, register

register(
    Entry(_("Due for deletion"), "evidence:due", "retention.confirm", order=62, section="reports"),
    Crumb("evidence:listed", _("Evidence")),
    Crumb("evidence:item", lambda context: str(context["evidence_item"].label)),
    Crumb("evidence:due", _("Due for deletion")),
)
