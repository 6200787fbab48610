"""Sign-in by OpenID Connect with every check of the standard, some of which the library leaves out.

The library trusts a token that came straight from the provider; we check its signature, that it answers the question
of this very browser (nonce), and that the details which are asked for beside it are of the same person (sub).
"""

import secrets
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from proviso.web.accounts.providers import is_safe

_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


class CheckingAdapter(OpenIDConnectOAuth2Adapter):
    """Talks to a provider, and believes only what it signed, over connections that nobody can listen to."""

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        unsafe = [name for name in _ENDPOINTS if not is_safe(str(config.get(name, "")))]
        if unsafe:
            raise OAuth2Error(f"the provider has no HTTPS address for {', '.join(unsafe)}")
        return config

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("the provider sent no ID token")
        login: SocialLogin = super().complete_login(request, app, token, **kwargs)
        details = login.account.extra_data
        if details["userinfo"].get("sub") != details["id_token"].get("sub"):
            raise OAuth2Error("the provider’s details are of somebody else than its ID token")
        return login

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (KeyError, TypeError, ValueError) as error:  # a token or a key that is none
            raise OAuth2Error("the provider’s ID token cannot be read") from error
        return claims


class CheckingProvider(OpenIDConnectProvider):
    """A provider whom we ask with a number that its answer must repeat."""

    oauth2_adapter_class = CheckingAdapter

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        nonce = secrets.token_urlsafe(32)
        parameters = {**(kwargs.pop("auth_params", None) or {}), "nonce": nonce}
        answer: HttpResponse = super().redirect(
            request, process, next_url, data, auth_params=parameters, nonce=nonce, **kwargs
        )
        return answer


def check_nonce(request: HttpRequest, login: SocialLogin) -> None:
    """Pass if a provider's answer is to the question that this browser asked.

    Raises:
        ImmediateHttpResponse: it is not; the page says that nobody was signed in.
    """
    claims = login.account.extra_data.get("id_token", {})
    nonce = login.state.get("nonce", "")
    if not nonce or not secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        page = render(request, "socialaccount/authentication_error.html", status=403)
        raise ImmediateHttpResponse(page)


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the provider's answer."""
    try:
        view = OAuth2CallbackView()
        view.request, view.adapter = request, CheckingAdapter(request, provider_id)
        answer: HttpResponse = view.dispatch(request)
    except SocialApp.DoesNotExist as error:
        raise Http404("no such provider") from error
    except ImmediateHttpResponse as instead:
        answer = instead.response
    return answer
