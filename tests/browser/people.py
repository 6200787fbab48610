"""What people do in a browser to get in."""

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import CDPSession, Page

from tests.cast import PASSWORD


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/account/sign-in/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def open_menu(page: Page) -> None:
    """Open the menu of the bar: that of the account on a desk, that of everything on a phone."""
    page.locator("header summary:visible").click()


def set_up_app(page: Page) -> str:
    """Set up an authenticator app by the key that is shown, keep the recovery codes, and return the key."""
    page.goto("/account/second-step/app/")
    page.get_by_text("You are on the telephone with the app, or cannot scan?").click()
    secret = page.locator(".app-secret").inner_text()
    page.get_by_role("textbox", name="Code").fill(code_for(secret))
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="I have kept them: continue").click()
    return secret


def code_for(secret: str) -> str:
    """Return what an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def with_fingerprint(page: Page) -> CDPSession:
    """Give the browser a device with a fingerprint reader, and a finger that is always on it."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return device


def become(page: Page, place: str, role: str) -> str:
    """Sign in as somebody of the demonstration, given by place and role; return their name."""
    page.goto("/demo/")
    button = page.locator(
        f"xpath=//h2[normalize-space()='{place}']/following-sibling::ul[1]//button[b[normalize-space()='{role}']]"
    )
    name = button.locator("span").inner_text()
    button.click()
    page.wait_for_url("**/my/")
    return name
