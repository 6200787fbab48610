"""What pages of evidence are called in the breadcrumbs of the pages below them."""

from django.utils.translation import gettext_lazy as _

from proviso.web.kit.navigation import Crumb, register

register(
    Crumb("evidence:listed", _("Evidence")),
    Crumb("evidence:item", lambda context: str(context["evidence_item"].label)),
    Crumb("evidence:due", _("Due for deletion")),
)
