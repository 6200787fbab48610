"""What was done, by whom, when. Nothing here can be changed or deleted: the database itself refuses."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from proviso.records.audit import actions


class Entry(models.Model):
    """One action. `digest` covers the entry and the digest before it, so that a change anywhere breaks the chain.

    `establishment` is the id of the school, trust or authority that the action belongs to, and
    `about` what it was done to, as `kind:id`: both are plain, so that this room knows none above it.
    """

    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=60)
    establishment = models.BigIntegerField(null=True)
    about = models.CharField(max_length=80, blank=True)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        verbose_name = _("entry of the action log")
        indexes = [
            models.Index(fields=["establishment", "-number"], name="audit_of_establishment"),
            models.Index(fields=["about", "-number"], name="audit_about"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    @property
    def sentence(self) -> str:
        return actions.sentence(self.action, self.details)


class Head(models.Model):
    """The end of the chain: one row, locked while an entry is added, so that numbers have no gap."""

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("end of the action log")

    def __str__(self) -> str:
        return f"{self.number}"
