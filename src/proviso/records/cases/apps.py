"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "proviso.records.cases"
    verbose_name = _("Concerns and cases")
