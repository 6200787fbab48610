"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "proviso.records.people"
    verbose_name = _("People")

    def ready(self) -> None:
        """Let every room register its permissions, relations and actions, and what follows from them."""
        autodiscover_modules("actions", "effects", "sources", "needs", "awaited")
