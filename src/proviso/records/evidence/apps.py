"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "proviso.records.evidence"
    verbose_name = _("Evidence")

    def ready(self) -> None:
        """Let every room register the kinds of records that own evidence."""
        autodiscover_modules("evidence_owners")
