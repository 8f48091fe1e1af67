"""Read every setting from the environment; the defaults run on one machine without any server."""

from datetime import timedelta
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy

from fsul_portal.gate.log import logging_settings
from fsul_portal.gate.policy import ADMIN_CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY  # noqa: F401 - settings like the others
from fsul_portal.office import *  # noqa: F403 - settings like the others
from fsul_portal.pages.theme import UNFOLD  # noqa: F401 - a setting like the others

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured("SECRET_KEY is missing: with DEBUG=0 the portal needs a secret key of its own.")
    SECRET_KEY = "only-for-a-machine-of-ones-own-" + "x" * 40

SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# A variable that is set but empty is no password.
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="") or "fsul-demo-2026"

INSTALLED_APPS = [
    # Not its default configuration: that one puts its own site in the place of ours.
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "unfold.contrib.import_export",
    "unfold.contrib.guardian",
    "fsul_portal.apps.PortalConfig",
    "members.apps.MembersConfig",
    "committee.apps.CommitteeConfig",
    "workgroups.apps.WorkgroupsConfig",
    "reports.apps.ReportsConfig",
    "fsul_portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "guardian",
    "import_export",
    "django_filters",
    "django_htmx",
    "django_celery_beat",
    "axes",
    "csp",
    # For the files of its page alone.
]

MIDDLEWARE = [
    "fsul_portal.gate.middleware.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "fsul_portal.gate.middleware.RequestNumberMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fsul_portal.gate.middleware.PageCompressionMiddleware",
    "fsul_portal.gate.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "fsul_portal.gate.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "fsul_portal.grammar.text.CleanInputMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "fsul_portal.account.middleware.SessionAgeMiddleware",
    "fsul_portal.gate.middleware.NotAllowedMiddleware",
    "fsul_portal.account.middleware.SignedInMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "fsul_portal.urls"
WSGI_APPLICATION = "fsul_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fsul_portal.pages.navigation.context",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
FILTERS_EMPTY_CHOICE_LABEL = gettext_lazy("All")

# Data -----------------------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers queue up instead of failing, and readers never wait for them.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Compiling a query of a page takes three times as long as running it; `?options=` in the address says otherwise.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("manual", BASE_DIR / "docs" / "manual" / "pictures")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_LIMIT = 20 * 1024 * 1024
# The dotted path of a function that looks at each file (C12): it returns a sentence to refuse it, else nothing.
UPLOAD_SCANNER = env.str("UPLOAD_SCANNER", default="")

# Broker, cache and long work ------------------------------------------------------------------------------------------

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
# Celery spells a unix socket in another way than the Redis client does.
CELERY_BROKER_URL = (
    "redis+socket://" + REDIS_URL.removeprefix("unix://").split("?")[0]
    if REDIS_URL.startswith("unix://")
    else REDIS_URL
) or "memory://localhost/"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A request must not hang when the broker is away: the outbox row is published again by the sweeper.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "retry_on_timeout": True,
    "max_retries": 1,
    "interval_start": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
# No results are kept, so beat needs no job of its own that clears them away.
CELERY_RESULT_EXPIRES = None
CELERY_TASK_SOFT_TIME_LIMIT = 840
CELERY_TASK_TIME_LIMIT = 900
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 1_500_000
# The worker writes the same one-line log as the pages do.
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# A run whose worker was silent for so long is given to another one; a healthy worker speaks up far more often.
RUN_HEARTBEAT_SECONDS = env.float("RUN_HEARTBEAT_SECONDS", default=10)
RUN_LOST_AFTER_SECONDS = env.float("RUN_LOST_AFTER_SECONDS", default=60)
RUN_PUBLISH_AGAIN_SECONDS = env.float("RUN_PUBLISH_AGAIN_SECONDS", default=60)
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"

# People ---------------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = True
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "fsul_portal.account.passwords.NotTheSameValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "login"

# From how many wrong passwords on a sign-in has to wait: of an account from one address, of an account from anywhere,
# from an address whatever the account. An office shares one address, so that one comes last.
LOGIN_FAILURES_PER_PAIR = env.int("LOGIN_FAILURES_PER_PAIR", default=6)
LOGIN_FAILURES_PER_ACCOUNT = env.int("LOGIN_FAILURES_PER_ACCOUNT", default=30)
LOGIN_FAILURES_PER_ADDRESS = env.int("LOGIN_FAILURES_PER_ADDRESS", default=100)
# The first pause, doubled with each further failure up to the longest; quiet for so many hours, and all is forgotten.
LOGIN_PAUSE_SECONDS = env.int("LOGIN_PAUSE_SECONDS", default=60)
LOGIN_PAUSE_MINUTES = env.int("LOGIN_PAUSE_MINUTES", default=15)
LOGIN_FORGET_HOURS = env.int("LOGIN_FORGET_HOURS", default=12)
AXES_FAILURE_LIMIT = LOGIN_FAILURES_PER_PAIR
AXES_HANDLER = "fsul_portal.access.lockout.LockoutHandler"
AXES_USERNAME_CALLABLE = "fsul_portal.access.lockout.typed_name"
AXES_CLIENT_IP_CALLABLE = "fsul_portal.gate.addresses.client_address"
AXES_LOCKOUT_CALLABLE = "fsul_portal.access.lockout.pause_page"
AXES_COOLOFF_TIME = timedelta(hours=LOGIN_FORGET_HOURS)
# A success clears the failures of this account at this address, and never those of others.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_SENSITIVE_PARAMETERS: list[str] = []

SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=30)
SESSION_HOURS = env.int("SESSION_HOURS", default=12)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"

# The network ----------------------------------------------------------------------------------------------------------

# Whose word on the client's address counts; on one machine the portal listens on loopback, behind its web server.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=["127.0.0.0/8", "::1/128"])

_https = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SECURE_SSL_REDIRECT = _https and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_HSTS_SECONDS = 31536000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
# How often in a minute: open data for each token or, without one, each network address; checks of a report.
API_REQUESTS_A_MINUTE = env.int("API_REQUESTS_A_MINUTE", default=120)
CHECKS_A_MINUTE = env.int("CHECKS_A_MINUTE", default=20)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "fsul_portal.pages.views.csrf_failure"

EMAIL_CONFIG = env.email("EMAIL_URL", default="dummymail://" if not DEBUG else "consolemail://")
vars().update(EMAIL_CONFIG)
if "EMAIL_URL" not in env.ENVIRON:
    # Without a mail server the letters are kept as files, where an administrator can read them.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 10
# The house in whose name letters go out, as sender and under each letter.
OFFICE_NAME = {
    "zh-hans": env.str("OFFICE_NAME", default="佛山市联合图书馆统筹办公室"),
    "en": env.str("OFFICE_NAME_EN", default="Coordination office of the Foshan United Library"),
}
# Totals are compared where so large a part of the libraries, and of their months, have figures on both sides.
COMPARABLE_FROM = env.float("COMPARABLE_FROM", default=0.8)
# After a mail of one kind the next of that kind waits so long, and all that came meanwhile go with it.
NOTICE_WINDOW_MINUTES = env.int("NOTICE_WINDOW_MINUTES", default=30)
NOTICE_DIGEST_HOUR = env.int("NOTICE_DIGEST_HOUR", default=8)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")

# Language and time ----------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
# The second holds what third-party packages say in English, or in Chinese that no official would write.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "packages"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = "fsul_portal.formats"

LOGGING = logging_settings(env.str("LOG_LEVEL", default="INFO"))
