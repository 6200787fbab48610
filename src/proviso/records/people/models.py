"""Establishments in a tree, people, and the roles that people hold in them from one day to another."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from proviso.records.people.addresses import taken_words
from proviso.records.people.names import NameField
from proviso.rules import rulebook


def validate_slug(slug: str) -> None:
    """Refuse an address that is taken by a page or by a policy of the rulebook."""
    if slug in taken_words() or slug in rulebook.policy_ids():
        raise ValidationError(_("“%(slug)s” is taken: choose another short name.") % {"slug": slug})


class Establishment(models.Model):
    """A school, a trust or an authority; a school stands under its trust or authority, if it has one."""

    class Kind(models.TextChoices):
        SCHOOL = "school", _("School")
        TRUST = "trust", _("Trust")
        AUTHORITY = "authority", _("Local authority")

    class Nation(models.TextChoices):
        ENGLAND = "England", _("England")
        WALES = "Wales", _("Wales")

    class Language(models.TextChoices):
        ENGLISH = "en-gb", _("English")
        WELSH = "cy", _("Welsh")

    slug = models.SlugField(_("Short name for addresses"), max_length=50, unique=True, validators=[validate_slug])
    name = models.CharField(_("Name"), max_length=120)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    nation = models.CharField(_("Nation"), max_length=10, choices=Nation.choices)
    language = models.CharField(_("Language"), max_length=5, choices=Language.choices, default=Language.ENGLISH)
    town = models.CharField(_("Town or village"), max_length=80, blank=True, default="")
    postcode = models.CharField(_("Postcode"), max_length=8, blank=True, default="")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    colour = models.CharField(
        _("Colour"), max_length=7, blank=True, default="", validators=[RegexValidator("^#[0-9a-f]{6}$")]
    )
    crest = models.ForeignKey(
        "files.StoredFile", verbose_name=_("Crest"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("establishment")
        constraints = [
            # Two levels are enough for every arrangement in England and Wales: schools under a trust or an authority.
            models.CheckConstraint(condition=Q(parent=None) | Q(kind="school"), name="only_schools_stand_under_another")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_school(self) -> bool:
        return self.kind == self.Kind.SCHOOL


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody, once, however many roles they hold in however many schools.

    Pupils and parents are records without sign-in: they have no email address here. Nobody is
    ever deleted by a role that ends.
    """

    email = models.EmailField(_("Email address"), max_length=254, unique=True, null=True, blank=True)
    given_name = NameField(_("First name"), max_length=80)
    family_name = NameField(_("Last name"), max_length=80)
    language = models.CharField(
        _("Language"), max_length=5, choices=Establishment.Language.choices, blank=True, default=""
    )
    is_active = models.BooleanField(default=True)
    digest_weekly = models.BooleanField(default=True)
    signed_out_at = models.DateTimeField(null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = PersonManager()

    class Meta:
        ordering = ["family_name", "given_name", "pk"]
        verbose_name = _("person")
        constraints = [
            # So that "unique" means the same for A.Jones@… and a.jones@….
            models.CheckConstraint(condition=Q(email=None) | Q(email=Lower("email")), name="addresses_in_small_letters")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    # What Django's parts ask of a user; who may do what is in `permissions` alone.
    is_staff = False
    is_superuser = False

    def get_full_name(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Return what a session must know: a new password, or signing out everywhere, ends all that began before."""
        return self._since_signed_out(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return (self._since_signed_out(each) for each in super().get_session_auth_fallback_hash())

    def _since_signed_out(self, hashed: str) -> str:
        since = self.signed_out_at.isoformat() if self.signed_out_at else ""
        return salted_hmac("proviso.people.sessions", hashed + since, algorithm="sha256").hexdigest()


class Identifier(models.Model):
    """The id by which a school's management information system knows somebody."""

    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="identifiers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    source_id = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("identifier")
        constraints = [
            models.UniqueConstraint(fields=["establishment", "source_id"], name="an_identifier_names_one_person"),
            models.UniqueConstraint(fields=["establishment", "person"], name="one_identifier_per_person_and_place"),
        ]

    def __str__(self) -> str:
        return self.source_id


class RoleQuerySet(models.QuerySet["Role"]):
    def on(self, day: date) -> "RoleQuerySet":
        """Return the roles held on a day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Role(models.Model):
    """What somebody is in an establishment, from a day to a day, both included."""

    class Kind(models.TextChoices):
        HEADTEACHER = "headteacher", _("Headteacher")
        DEPUTY_HEAD = "deputy_head", _("Deputy headteacher")
        DSL = "dsl", _("Designated safeguarding lead")
        DEPUTY_DSL = "deputy_dsl", _("Deputy designated safeguarding lead")
        CHAIR = "chair", _("Chair")
        CLERK = "clerk", _("Clerk")
        GOVERNOR = "governor", _("Governor")
        TRUSTEE = "trustee", _("Trustee")
        EXECUTIVE = "executive", _("Executive")
        LINE_MANAGER = "line_manager", _("Line manager")
        TEACHER = "teacher", _("Teacher")
        SUPPORT_STAFF = "support_staff", _("Support staff")
        VOLUNTEER = "volunteer", _("Volunteer")
        CONTRACTOR = "contractor", _("Contractor")
        DPO = "dpo", _("Data protection officer")
        IT_LEAD = "it_lead", _("IT lead")
        ADMINISTRATOR = "administrator", _("Administrator")
        PUPIL = "pupil", _("Pupil")
        PARENT = "parent", _("Parent or carer")

    class Origin(models.TextChoices):
        HAND = "hand", _("Entered by hand")
        IMPORT = "import", _("Imported")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(_("Role"), max_length=20, choices=Kind.choices)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Last day"), null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.HAND)

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = _("role")
        indexes = [models.Index(fields=["establishment", "kind"], name="roles_of_establishment")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="a_role_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["person", "establishment", "kind"],
                condition=Q(ends_on=None),
                name="a_role_is_held_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["person", "establishment", "kind", "starts_on"], name="a_role_starts_once_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind} ({self.establishment})"

    def held_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Invitation(models.Model):
    """A way in for somebody without a password yet: the address holds a secret of which only the hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sent_at"]
        verbose_name = _("invitation")

    def __str__(self) -> str:
        return f"{self.person}, {self.sent_at:%Y-%m-%d}"
