"""Every address of signing in and of people's own accounts. What the library offers and is not here is not offered."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path
from django.views.generic import RedirectView

from proviso.web.accounts import library_pages, openid, views

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/sign-in/", login_not_required(account.login), name="account_login"),
    path("account/sign-out/", login_not_required(library_pages.sign_out), name="account_logout"),
    path("account/sign-out/everywhere/", views.everywhere, name="account_everywhere"),
    path("account/inactive/", login_not_required(account.account_inactive), name="account_inactive"),
    path("account/confirm/", library_pages.password_again, name="account_reauthenticate"),
    path("account/password/", library_pages.password_change, name="account_change_password"),
    path("account/password/first/", library_pages.password_set, name="account_set_password"),
    path("account/password/forgotten/", views.forgotten, name="account_reset_password"),
    path(
        "account/password/forgotten/sent/",
        login_not_required(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        # The key holds hyphens of its own.
        r"^account/password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        login_not_required(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/reset/done/",
        login_not_required(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    # The second step
    path("account/second-step/", views.second_factor_first, name="second_factor_first"),
    path("account/second-steps/", RedirectView.as_view(pattern_name="account"), name="mfa_index"),
    path("account/second-step/code/", login_not_required(factors.authenticate), name="mfa_authenticate"),
    path("account/second-step/confirm/", library_pages.code_again, name="mfa_reauthenticate"),
    path("account/second-step/app/", library_pages.app_add, name="mfa_activate_totp"),
    path("account/second-step/app/remove/", library_pages.app_remove, name="mfa_deactivate_totp"),
    path("account/second-step/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/second-step/recovery-codes/again/",
        library_pages.recovery_codes_again,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second-step/recovery-codes/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
    path("account/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/confirm/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/passkeys/sign-in/", login_not_required(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("account/passkeys/<int:pk>/remove/", library_pages.passkey_remove, name="mfa_remove_webauthn"),
    path("account/passkeys/<int:pk>/name/", library_pages.passkey_name, name="mfa_edit_webauthn"),
    # The school's Microsoft or Google account, or another provider
    path("account/with/<str:provider_id>/", views.with_provider, name="openid_connect_login"),
    path("account/with/<str:provider_id>/back/", openid.callback, name="openid_connect_callback"),
    path("account/with/cancelled", login_not_required(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("account/with/failed", login_not_required(social.login_error), name="socialaccount_login_error"),
    path("invitation/<str:secret>/", views.invitation, name="invitation"),
]
