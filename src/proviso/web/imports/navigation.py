"""What pages of imports are called in the breadcrumbs of the pages below them."""

from django.utils.translation import gettext_lazy as _

from proviso.web.kit.navigation import Crumb, register

register(
    Crumb("imports:upload", _("Import people"), "people.import", parent="people:people"),
    Crumb("imports:run", lambda context: context["run"].file_name, "people.import", parent="people:people"),
)
