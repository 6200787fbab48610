"""Questions of those who are asked to approve a version, to whoever prepared it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from proviso.records.policies.models.versions import Version


class Question(models.Model):
    """What an approver wants to know before deciding, and the answer; an answer is never changed."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    text = models.TextField(_("Your question"), max_length=2000)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("Your answer"), blank=True, max_length=2000)

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("question about a version")

    def __str__(self) -> str:
        return f"{self.version}: {self.text[:40]}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it."""
        return self.answered_at is None
