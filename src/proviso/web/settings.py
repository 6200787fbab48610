"""Settings for one school on one machine; a larger place changes them by environment variables alone."""

import os

from csp.constants import NONE, SELF

from proviso.web import environment

DATA = environment.data_folder()
SECRET_KEY = os.environ.get("PROVISO_SECRET_KEY") or environment.kept_secret(DATA)
DEBUG = environment.flag("PROVISO_DEBUG")
ALLOWED_HOSTS = environment.words("PROVISO_HOSTS", "localhost,127.0.0.1,[::1]")

ROOT_URLCONF = "proviso.web.urls"
WSGI_APPLICATION = "proviso.web.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "proviso.audit",
    "proviso.people",
    "proviso.policies",
    "proviso.web",
]
AUTH_USER_MODEL = "people.Person"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "proviso.web.language.OwnLanguage",
    "proviso.web.errors.ErrorPages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": environment.database(DATA)}

# Both, always; PROVISO_LANGUAGES=en-gb would leave a place with English alone.
LANGUAGE_CODE = "en-gb"
LANGUAGE_NAMES = {"en-gb": "English", "cy": "Cymraeg"}
_CODES = environment.words("PROVISO_LANGUAGES", "en-gb,cy", LANGUAGE_NAMES)
LANGUAGES = [(code, LANGUAGE_NAMES[code]) for code in _CODES]
LOCALE_PATHS = [os.path.join(os.path.dirname(__file__), "locale")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/London"
USE_TZ = True

# Served from the package itself: nothing to collect, nothing to copy after an upgrade.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True

# HTTPS ends at a proxy in front, which must set this header itself and drop the one that a client sends.
HTTPS = environment.flag("PROVISO_HTTPS")
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
SECURE_SSL_REDIRECT = HTTPS
CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Django's own default is silent outside DEBUG: an error in production would leave no trace.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING"}},
}
