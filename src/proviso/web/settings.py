"""Settings for one school on one machine; a larger place changes them by environment variables alone."""

import os
from datetime import timedelta

from csp.constants import NONE, SELF

from proviso import wording
from proviso.web import environment
from proviso.web.accounts import providers

DATA = environment.data_folder()
environment.keep_files_private(DATA)
SECRET_KEY = environment.secret_key(DATA)
DEBUG = environment.flag("PROVISO_DEBUG")
# Only `proviso demo` says so: anybody can then be anybody.
DEMONSTRATION = environment.flag("PROVISO_DEMONSTRATION")
ALLOWED_HOSTS = environment.words("PROVISO_HOSTS", "localhost,127.0.0.1,[::1]")

HTTPS = environment.flag("PROVISO_HTTPS")
# A browser takes a cookie of that name from this very site by HTTPS alone, not from another in the same domain.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
# Seconds for one answer; a process that takes longer is ended and replaced. It must wait longer than the database does.
REQUEST_SECONDS = environment.number("PROVISO_REQUEST_SECONDS", 60)
# Bytes that a form may be long, and a file that somebody uploads.
LARGEST_FORM = DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
LARGEST_UPLOAD = environment.number("PROVISO_UPLOAD_MEGABYTES", 25) * 1_000_000
# Bytes of what is sent at once as evidence: it is hashed and sealed while it comes in.
LARGEST_EVIDENCE = environment.number("PROVISO_EVIDENCE_MEGABYTES", 100) * 1_000_000

ROOT_URLCONF = "proviso.web.urls"
WSGI_APPLICATION = "proviso.web.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "proviso.records.audit",
    "proviso.records.files",
    "proviso.records.people",
    "proviso.records.tasks",
    "proviso.records.imports",
    "proviso.records.policies",
    "proviso.records.registers",
    "proviso.records.answers",
    "proviso.records.evidence",
    "proviso.records.cases",
    "proviso.jobs",
    "proviso.web",
    # After our own room, whose templates take the place of theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
]
AUTH_USER_MODEL = "people.Person"
MIDDLEWARE = [
    "proviso.web.proxies.TrustedProxies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "proviso.web.kit.uploads.UploadLimits",  # before the first that reads a body
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "proviso.web.accounts.middleware.SessionEnds",
    "proviso.web.accounts.middleware.Acting",
    "proviso.web.accounts.middleware.KeptByNobody",
    "proviso.web.accounts.middleware.PreferredLanguage",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "proviso.web.accounts.middleware.SecondFactorFirst",
    "proviso.web.accounts.known_browsers.KnownBrowser",
    "proviso.web.dashboards.waiting.CountAnew",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "proviso.web.public.errors.ErrorPages",
    "axes.middleware.AxesMiddleware",  # last, as it asks to be
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": environment.database(DATA)}
# ---- Files that people upload: see records/files/ and decision 13.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing is kept but by records/files/
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "files": environment.file_storage(DATA),
}
FILE_KEYS = environment.file_keys(DATA)
CLAMD = environment.clamd()
TIMESTAMPS, TIMESTAMP_CERTIFICATES = environment.time_stamps()
FILE_UPLOAD_HANDLERS = ["proviso.records.files.uploads.LimitedUploadHandler"]
# Limits are counted in the cache: in the database, so that all workers share one count.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # so that nobody drives a count out of it by making others
    }
}
# ---- What happens in the background: see jobs/, and docs/running.md for when.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Both, always; PROVISO_LANGUAGES=en-gb would leave a place with English alone.
LANGUAGE_CODE = "en-gb"
LANGUAGE_NAMES = {"en-gb": "English", "cy": "Cymraeg"}
_CODES = environment.words("PROVISO_LANGUAGES", "en-gb,cy", LANGUAGE_NAMES)
LANGUAGES = [(code, LANGUAGE_NAMES[code]) for code in _CODES]
LOCALE_PATHS = [wording.LOCALE]
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}django_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/London"
USE_TZ = True

# Served from the package itself: nothing to collect, nothing to copy after an upgrade.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+\.woff2$"  # a typeface keeps its name, and another gets another

# Proxies in front, which say who asks and whether by HTTPS; of everybody else such headers are dropped.
PROXIES = environment.networks("PROVISO_PROXIES", "127.0.0.1,::1")
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = environment.flag("PROVISO_HSTS_SUBDOMAINS", "yes")
SECURE_SSL_REDIRECT = HTTPS
CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],  # a passkey's challenge is fetched
        "form-action": [SELF, *providers.origins()],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# ---- Signing in: see decision 7. Nobody makes an account: people are entered or imported, then invited.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first, to refuse whoever is locked out
    "proviso.web.accounts.adapters.PasswordBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboards:my"
LOGOUT_REDIRECT_URL = "public:home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("given_name", "family_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "proviso.web.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever opens an invitation has the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
# A school is one network address, and so is a proxy: what one person does must not keep the others out. So attempts are
# counted by account alone: wrong passwords by the lock-out below, wrong codes and emails with links here.
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "login_failed": "5/5m/key",
    "reset_password": "5/m/key",
    "reset_password_from_key": "",
    "signup": "",
    # Nobody's mailbox is filled by strangers. A whole school may share one address.
    "ask_person": "10/h/ip,20/h/key",
    "consent_code": "10/h/key",
    "opinion": "60/h/ip,600/h/key",
}
MFA_RATE_LIMITS = {"webauthn_login": ""}  # there is nothing to guess in a passkey
ACCOUNT_FORMS = {
    "login": "proviso.web.accounts.forms.SignInForm",
    "reset_password": "proviso.web.accounts.forms.ForgottenForm",
    "reset_password_from_key": "proviso.web.accounts.forms.ResetForm",
    "change_password": "proviso.web.accounts.forms.ChangeForm",
    "set_password": "proviso.web.accounts.forms.SetForm",
    "reauthenticate": "proviso.web.accounts.forms.PasswordAgainForm",
}
MFA_ADAPTER = "proviso.web.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Proviso"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # only http://localhost counts as safe for a browser then
MFA_FORMS = {
    "authenticate": "proviso.web.accounts.forms.CodeForm",
    "reauthenticate": "proviso.web.accounts.forms.CodeAgainForm",
    "activate_totp": "proviso.web.accounts.forms.AppForm",
    "add_webauthn": "proviso.web.accounts.forms.PasskeyForm",
    "login_webauthn": "proviso.web.accounts.forms.PasskeySignInForm",
    "authenticate_webauthn": "proviso.web.accounts.forms.PasskeyStepForm",
    "reauthenticate_webauthn": "proviso.web.accounts.forms.PasskeyAgainForm",
    "edit_webauthn": "proviso.web.accounts.forms.PasskeyNameForm",
}
SOCIALACCOUNT_ADAPTER = "proviso.web.accounts.adapters.ProviderAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": providers.configured(), "OAUTH_PKCE_ENABLED": True}}
# Who fails too often waits: kept in the database, counted by email address and not by network, which a whole school
# shares. Browsers in which somebody has signed in before are counted each by itself: see signing_in/known_browsers.py.
KNOWN_BROWSER_COOKIE_NAME = f"{COOKIE_PREFIX}known_browser"
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_USERNAME_CALLABLE = "proviso.web.accounts.lockout.counted_as"
AXES_LOCKOUT_CALLABLE = "proviso.web.accounts.lockout.page"
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # it warns of counting by address alone, which is what we want
SESSION_MINUTES = environment.number("PROVISO_SESSION_MINUTES", 60)  # without a touch
SESSION_COOKIE_AGE = environment.number("PROVISO_SESSION_HOURS", 8) * 3600  # in all
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
SESSION_COOKIE_SECURE = HTTPS
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# ---- Email, which carries no content: see people/mail.py.
SITE_ADDRESS = environment.site_address()
EMAIL_CONFIG = environment.email(DATA)
EMAIL_BACKEND = EMAIL_CONFIG["backend"]
EMAIL_FILE_PATH = EMAIL_CONFIG["folder"]
EMAIL_HOST, EMAIL_PORT = EMAIL_CONFIG["host"], EMAIL_CONFIG["port"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL_CONFIG["user"], EMAIL_CONFIG["password"]
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_CONFIG["starttls"], EMAIL_CONFIG["tls"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("PROVISO_EMAIL_FROM") or environment.no_reply(SITE_ADDRESS)

# Django's own default is silent outside DEBUG: an error in production would leave no trace.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_secrets": {"()": "proviso.web.log_filter.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING"}},
}
