"""All settings, from the environment. Safe by default; every variable is described in docs/settings.md."""

from pathlib import Path
from typing import Any

from bedside.lib import environment as env
from bedside.lib.installation import secret_key

PACKAGE = Path(__file__).resolve().parent
HOME = Path(env.text("HOME") or Path.cwd() / "data").resolve()  # the data directory: database, keys, uploads
KEYS_FILE = HOME / "keys"

DEBUG = env.flag("DEBUG")
SECRET_KEY = secret_key(HOME / "secret")
ALLOWED_HOSTS = env.names("HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.names("ORIGINS")
IS_BEHIND_HTTPS = env.flag("HTTPS")

LEASE_SECONDS = env.number("LEASE_SECONDS", 60, least=1)  # longer than any call to a platform may take
TICK_MILLISECONDS = env.number("TICK_MILLISECONDS", 500, least=10)  # how often a worker looks for due rows
MOST_UPLOAD_BYTES = env.number("MOST_UPLOAD_MEGABYTES", 500, least=1) * 1024 * 1024
MOST_PUSH_BYTES = env.number("MOST_PUSH_KILOBYTES", 1024, least=1) * 1024

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "bedside.accounts",
    "bedside.governance",
    "bedside.outbox",
    "bedside.inbox",
    "bedside.listening",
]
MIDDLEWARE = [
    "bedside.lib.health.answer_probes",
    "django.middleware.security.SecurityMiddleware",
    "bedside.lib.headers.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bedside.accounts.tenancy.choose_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bedside.accounts.tenancy.choose_organisation",
]
ROOT_URLCONF = "bedside.urls"
WSGI_APPLICATION = "bedside.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES: dict[str, Any] = {"default": env.database(env.database_url(), HOME / "bedside.db")}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "bedside.lib.pages.environment", "autoescape": True, "auto_reload": DEBUG},
    },
    # allauth's mails and our fallbacks; every page of ours is found in the engine above
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["bedside.accounts.backend.WithWorkplaces"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "bedside.accounts.sign_in.ByInvitation"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody signs up, so there is nothing to offer to an unknown address
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/ip,5/15m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if IS_BEHIND_HTTPS else 0  # or all who come through the proxy count as one
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Bedside: "
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "bedside@localhost")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env.text("SMTP_HOST")
    else ("django.core.mail.backends.console.EmailBackend")
)
EMAIL_HOST = env.text("SMTP_HOST")
EMAIL_PORT = env.number("SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("SMTP_TLS", True)

LANGUAGE_CODE = "en"
# By their own names: whoever looks for one may not read ours.
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("es", "Español"), ("fr", "Français"), ("it", "Italiano")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 31_536_000  # a year: every address carries the hash of its content
UPLOADS = HOME / "uploads"
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = IS_BEHIND_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_BEHIND_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_BEHIND_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "bedside.lib.pages.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]  # said by BEDSIDE_HTTPS

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"class": "bedside.lib.logs.WithoutRows", "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {"httpx2": {"level": "WARNING"}, "django.request": {"level": "ERROR"}},
}
