"""Consents to be named or shown: what was said for whom, for which purpose, under which words. Only added to."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proviso.records.people.models import Establishment


class RollEntry(models.Model):
    """What the register knows of somebody besides their name: what they are known as, and their class or team."""

    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="roll")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="roll_entries")
    known_as = models.CharField(_("Known as"), max_length=80, blank=True)
    class_name = models.CharField(_("Class"), max_length=40, blank=True)

    class Meta:
        ordering = ["class_name", "pk"]
        verbose_name = _("entry of the roll")
        constraints = [
            models.UniqueConstraint(fields=["establishment", "person"], name="somebody_is_once_on_a_roll"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.class_name}"


class ConsentWording(models.Model):
    """The words of the form under which a school asks; the latest holds, and none is ever changed."""

    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="consent_wordings")
    text = models.TextField()
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("wording of the consent form")

    def __str__(self) -> str:
        return self.text[:60]


class Consent(models.Model):
    """What was said for somebody about one purpose, naming and pictures apart. The last row is how things stand.

    Where there is no row, nobody was asked. `by` is who said it, such as a parent; `recorded_by` who entered it, and
    nobody where it came by a private link. `until` is the last day on which what was given holds.
    """

    class About(models.TextChoices):
        NAME = "name", _("Name")
        PICTURE = "picture", _("Picture")

    class Standing(models.TextChoices):
        GIVEN = "given", _("Given")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Way(models.TextChoices):
        PAPER = "paper", _("On paper")
        IMPORT = "import", _("Imported")
        PAGE = "page", _("By themselves, signed in")
        LINK = "link", _("By a private link")

    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="consents")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=30)
    about = models.CharField(max_length=10, choices=About.choices)
    standing = models.CharField(max_length=10, choices=Standing.choices)
    by = models.CharField(max_length=160)
    until = models.DateField(null=True)
    wording = models.ForeignKey(ConsentWording, null=True, on_delete=models.PROTECT, related_name="consents")
    way = models.CharField(max_length=10, choices=Way.choices)
    at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("consent")
        indexes = [
            models.Index(fields=["establishment", "purpose", "about", "person"], name="consents_by_purpose"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(standing="given") | Q(until=None), name="only_what_is_given_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.purpose}, {self.about}: {self.standing}"

    def holds_on(self, day: date) -> bool:
        """Say whether it still stands on a day: what was given until a day is as if nobody was asked, after it."""
        return self.until is None or day <= self.until


class ConsentLink(models.Model):
    """A private way for a parent to see and withdraw consents: an address and a code, kept as hashes."""

    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="consent_links")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consent_links")
    secret_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ends_on = models.DateField()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("private link to consents")

    def __str__(self) -> str:
        return f"{self.person_id}, until {self.ends_on}"
