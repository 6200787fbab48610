"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "proviso.records.imports"
    verbose_name = _("Imports")

    def ready(self) -> None:
        """Let every room register the kinds of rows that it takes."""
        autodiscover_modules("row_kinds")
