"""The sign-in library's pages with one form each, shown as every form of the site is."""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.http import HttpResponseBase
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from proviso.web.kit.forms import FormPage
from proviso.web.kit.pages import Link


def _as_form(view: Any, page: FormPage) -> Callable[..., HttpResponseBase]:
    as_view: Callable[..., HttpResponseBase] = view.as_view(template_name="kit/form.html", extra_context={"page": page})
    return as_view


OTHER_WAYS = "account/other_ways.html"

sign_out = _as_form(account.LogoutView, FormPage(_("Do you want to sign out?"), _("Sign out")))
password_change = _as_form(
    account.PasswordChangeView,
    FormPage(_("Change your password"), _("Change the password"), cancel=reverse_lazy("account")),
)
password_set = _as_form(account.PasswordSetView, FormPage(_("Choose a password"), _("Set the password")))
password_reset = _as_form(
    account.PasswordResetView,
    FormPage(_("Set a new password"), _("Send me a link"), lead=_("We send you a link by email.")),
)
password_again = _as_form(
    account.ReauthenticateView,
    FormPage(
        _("Enter your password again"),
        _("Continue"),
        lead=_("What you are about to change protects your account, so we make sure that it is you."),
        below=OTHER_WAYS,
    ),
)
code_again = _as_form(
    factors.ReauthenticateView,
    FormPage(
        _("Confirm with a code"),
        _("Continue"),
        lead=_("What you are about to do needs your second step, so we make sure that it is you."),
        below=OTHER_WAYS,
    ),
)
app_remove = _as_form(
    app.DeactivateTOTPView,
    FormPage(
        _("Remove the authenticator app?"),
        _("Remove it"),
        lead=_(
            "Its codes will no longer work here. If this is your only second step, your recovery codes are removed too."
        ),
        links=[Link(_("Keep it"), reverse_lazy("account"))],
        danger=True,
    ),
)
app_add = _as_form(
    app.ActivateTOTPView,
    FormPage(_("Set up an authenticator app"), _("Continue"), above="mfa/totp/square.html"),
)
recovery_codes_again = _as_form(
    recovery.GenerateRecoveryCodesView,
    FormPage(
        _("Make new recovery codes?"),
        _("Make new codes"),
        lead=_("The codes that you have now will no longer work."),
        cancel=reverse_lazy("account"),
    ),
)
passkey_name = _as_form(
    passkeys.EditWebAuthnView,
    FormPage(_("Rename the passkey"), _("Save"), cancel=reverse_lazy("mfa_list_webauthn")),
)
passkey_remove = _as_form(
    passkeys.RemoveWebAuthnView,
    FormPage(
        _("Remove this passkey?"),
        _("Remove it"),
        above="mfa/webauthn/which.html",
        links=[Link(_("Keep it"), reverse_lazy("mfa_list_webauthn"))],
        danger=True,
    ),
)
