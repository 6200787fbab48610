"""The sign-in library's forms in our words, and our own."""

from collections.abc import Mapping
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proviso.records.people.actors import Public
from proviso.records.people.mail import knock
from proviso.records.people.models import Person
from proviso.records.people.selectors import person_signing_in
from proviso.web.accounts.tasks import send_reset_link
from proviso.web.fields import set_choices

Words = str | Promise
EMAIL, PASSWORD = _("Email address"), _("Password")
LONG = _("At least 12 characters. Three words that do not belong together are strong and easy to remember.")
CODE = _("Code")
WRONG_PASSKEY = _("Your browser sent a passkey that cannot be read. Try again, or use another way.")


class InOurWords:
    """A form of the library whose fields get our labels, hints and errors, and no text inside the boxes."""

    fields: dict[str, forms.Field]  # the form's, which stands after us
    texts: Mapping[str, tuple[Words, Words, Words]] = {}  # field: label, hint, what to say when it is empty

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        for name, (label, hint, missing) in self.texts.items():
            self.fields[name].label, self.fields[name].help_text = str(label), str(hint)
            self.fields[name].error_messages["required"] = str(missing)


class SignInForm(InOurWords, account.LoginForm):
    texts = {
        "login": (EMAIL, "", _("Enter your email address.")),
        "password": (PASSWORD, "", _("Enter your password.")),
    }


class ForgottenForm(InOurWords, account.ResetPasswordForm):
    texts = {"email": (EMAIL, _("The email address that your school has for you."), _("Enter your email address."))}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Leave the sending of the link to a worker, so that this takes as long for an address that nobody has.

        Raises:
            OSError: the mail server does not answer. It is asked for an address that nobody has as well, or the page
                would tell one from the other.
        """
        knock()
        email = str(self.cleaned_data["email"])
        person = person_signing_in(Public(timezone.localdate()), [email])
        send_reset_link.enqueue(person.pk if person else 0)
        return email


class TypedOnce:
    """A new password is typed once: it can be shown, so typing it again proves nothing."""

    fields: dict[str, forms.Field]  # the form's, which stands after us

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]


NEW_PASSWORD = {"password1": (_("New password"), LONG, _("Enter a new password."))}


class ResetForm(InOurWords, TypedOnce, account.ResetPasswordKeyForm):
    texts = NEW_PASSWORD


class SetForm(InOurWords, TypedOnce, account.SetPasswordForm):
    texts = NEW_PASSWORD


class ChangeForm(InOurWords, TypedOnce, account.ChangePasswordForm):
    texts = {"oldpassword": (_("Current password"), "", _("Enter your password.")), **NEW_PASSWORD}


class PasswordAgainForm(InOurWords, account.ReauthenticateForm):
    texts = {"password": (PASSWORD, "", _("Enter your password."))}


_CODE = {
    "code": (
        CODE,
        _("The 6-digit code that your app shows, or one of your recovery codes."),
        _("Enter the code that your app shows."),
    )
}


class CodeForm(InOurWords, codes.AuthenticateForm):
    texts = _CODE


class CodeAgainForm(InOurWords, codes.ReauthenticateForm):
    texts = _CODE


class AppForm(InOurWords, totp.ActivateTOTPForm):
    texts = {"code": (CODE, _("The 6-digit code that your app shows now."), _("Enter the code that your app shows."))}


class CredentialField(forms.JSONField):
    """What a browser says of a passkey. Anybody can send anything in its place, which is then only not right."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, error_messages={"required": WRONG_PASSKEY, "invalid": WRONG_PASSKEY})

    def to_python(self, value: Any) -> Any:
        try:
            credential = super().to_python(value)
        except (RecursionError, ValueError) as error:  # nested too deep, a number too long
            raise ValidationError(WRONG_PASSKEY, code="invalid") from error
        if not isinstance(credential, dict):
            raise ValidationError(WRONG_PASSKEY, code="invalid")
        return credential

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial  # what was sent is good for one try


class CheckedCredential:
    """A form of the library that takes a passkey, for which it expects that every part of it is there."""

    fields: dict[str, forms.Field]  # the form's, which stands after us, as is `cleaned_data`
    cleaned_data: dict[str, Any]
    _missing = (KeyError, TypeError, ValueError, AttributeError)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField()

    def clean_credential(self) -> Any:
        clean = getattr(super(), "clean_credential", None)  # a new passkey is looked at in `clean`
        try:
            return clean() if clean else self.cleaned_data["credential"]
        except self._missing as error:
            raise ValidationError(WRONG_PASSKEY) from error

    def clean(self) -> Any:
        try:
            return super().clean()  # type: ignore[misc]  # the form's
        except self._missing as error:
            raise ValidationError(WRONG_PASSKEY) from error


class PasskeySignInForm(CheckedCredential, passkeys.LoginWebAuthnForm):
    """A passkey instead of a password."""


class PasskeyStepForm(CheckedCredential, passkeys.AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class PasskeyAgainForm(CheckedCredential, passkeys.ReauthenticateWebAuthnForm):
    """A passkey to confirm who somebody is."""


class PasskeyForm(InOurWords, CheckedCredential, passkeys.AddWebAuthnForm):
    texts = {
        "name": (_("A name for it"), _("For example “My phone” or “Key on my key ring”."), ""),
        "passwordless": (_("Let me sign in with this passkey alone, without my password"), "", ""),
    }


class PasskeyNameForm(InOurWords, passkeys.EditWebAuthnForm):
    texts = {"name": (_("A name for it"), "", _("Enter a name."))}


class WelcomeForm(forms.Form):
    """The first password of somebody who was invited; keepers of passwords read in `username` whose it is."""

    username = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=PASSWORD,
        help_text=LONG,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Enter a password.")},
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)
        self.fields["username"].initial = person.email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        try:
            validate_password(password, self.person)
        except ValidationError as error:
            raise ValidationError(list(error.messages)) from error
        return password


class PreferencesForm(forms.Form):
    """What people choose for their own account."""

    language = forms.ChoiceField(label=_("Language"), required=False, widget=forms.RadioSelect)
    digest_weekly = forms.BooleanField(
        label=_("Email me once a week if there is something I need to do"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("school", _("The same as my school’s")), *settings.LANGUAGES]
        set_choices(self, "language", offered)
        if len(settings.LANGUAGES) < 2:
            del self.fields["language"]
