"""The file in which concerns are dealt with, and who has a part in it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proviso.records.cases.models.kinds import APART, HarmThreshold, Matter, PartyRole
from proviso.records.files.models import Vault
from proviso.records.people.models import Establishment


class Case(models.Model):
    """A case: its kind (a procedure of the rulebook), its state, and the policy version whose clauses it follows.

    `title` and `closing_reasons` are sealed under the key of `vault`, as are all texts and files of the case.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        TRANSFERRED = "transferred", _("Transferred")

    class Outcome(models.TextChoices):
        SUBSTANTIATED = "substantiated", _("Substantiated")
        UNSUBSTANTIATED = "unsubstantiated", _("Unsubstantiated")
        UNFOUNDED = "unfounded", _("Unfounded")
        FALSE = "false", _("False")
        MALICIOUS = "malicious", _("Malicious")
        RESOLVED = "resolved", _("Resolved")
        NO_FURTHER_ACTION = "no_further_action", _("No further action")
        REFERRED = "referred", _("Passed to another body")

    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="cases")
    reference = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=40, help_text="the id of a kind of case in the rulebook")
    matter = models.CharField(max_length=6, choices=Matter.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    vault = models.OneToOneField(Vault, on_delete=models.PROTECT, related_name="+")
    title = models.BinaryField(default=bytes)
    policy_version = models.BigIntegerField(null=True)
    aware_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    harm_threshold = models.CharField(max_length=12, choices=HarmThreshold.choices, default=HarmThreshold.NOT_ASSESSED)
    has_sexual_image = models.BooleanField(default=False, help_text="no file comes in, and none is shown")
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    closing_reasons = models.BinaryField(default=bytes)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True, help_text="since when nothing of it may be deleted (legal hold)")
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    review_deletion_on = models.DateField(null=True, help_text="when somebody decides whether it is still needed")

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = _("case")
        indexes = [models.Index(fields=["establishment", "state"], name="cases_of_establishment")]
        constraints = [
            models.CheckConstraint(
                condition=Q(matter=Matter.ADULT) | Q(harm_threshold=HarmThreshold.NOT_ASSESSED),
                name="only_cases_about_adults_have_a_threshold",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="")
                | ~Q(state="closed"),
                name="a_closed_case_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(held_at=None, held_by=None) | Q(held_at__isnull=False, held_by__isnull=False),
                name="a_hold_says_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_held(self) -> bool:
        return self.held_at is not None


class CaseParty(models.Model):
    """Somebody with a part in a case. `person` is empty for whoever has no record here; the texts are sealed.

    Of somebody who was harmed it is kept what they wish, whether union support was offered, and what they decided
    about the police.
    """

    class Police(models.TextChoices):
        NOT_ASKED = "not_asked", _("Not asked yet")
        WANTS = "wants", _("Wants the police to be told")
        DOES_NOT_WANT = "does_not_want", _("Does not want the police to be told")
        UNDECIDED = "undecided", _("Has not decided")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(max_length=8, choices=PartyRole.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.BinaryField(default=bytes)
    wishes = models.BinaryField(default=bytes)
    police = models.CharField(max_length=14, choices=Police.choices, default=Police.NOT_ASKED)
    support_offered_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("person in a case")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"],
                condition=Q(role__in=APART, ended_at=None, person__isnull=False),
                name="nobody_handles_a_case_about_themselves",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.role}"
