"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "proviso.jobs"
    verbose_name = _("Jobs")

    def ready(self) -> None:
        from proviso.jobs.health import background_fault
        from proviso.records.people.site_health import register

        register(background_fault)
