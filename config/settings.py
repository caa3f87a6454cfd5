"""Settings. The environment is read in the first block and nowhere else."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = BASE_DIR / ".data"

env = Env()
PRODUCTION = env.bool("KB_PRODUCTION", False)
SECRET_KEY = env.str("SECRET_KEY", "")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [])
DATABASE = env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'kb.sqlite3'}")
KB_SITE_NAME = env.str("KB_SITE_NAME", "Source & Verdict")
KB_DEMO_PASSWORD = env.str("KB_DEMO_PASSWORD", "")
# Where this site stands, for links in mails that no request asked for.
KB_ADDRESS = env.str("KB_ADDRESS", "" if PRODUCTION else "http://localhost:8000").rstrip("/")
# Proxies of ours in front, each of which appends the address it saw to X-Forwarded-For. Production has one for TLS.
KB_TRUSTED_PROXIES = env.int("KB_TRUSTED_PROXIES", 1 if PRODUCTION else 0)
MAIL = env.dj_email_url("EMAIL_URL", "" if PRODUCTION else "console://")
if "EMAIL_BACKEND" not in MAIL and env.str("EMAIL_URL", ""):
    raise ImproperlyConfigured("EMAIL_URL begins with smtp:// or, with TLS, submission://; console:// prints the mail.")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", "kb@localhost")

if PRODUCTION:
    if not SECRET_KEY:
        raise ImproperlyConfigured("KB_PRODUCTION=1 needs SECRET_KEY: set it to a long random text and keep it secret.")
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            "KB_PRODUCTION=1 needs ALLOWED_HOSTS: the host names this site answers to, by comma."
        )
else:
    SECRET_KEY = SECRET_KEY or "development only: production refuses to start without a key of its own"
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]", "testserver"]

DEBUG = not PRODUCTION

if DATABASE["ENGINE"].endswith("sqlite3"):
    # Measured with 16 writers: no "database is locked", no lost commit on a power cut.
    Path(DATABASE["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    DATABASE |= {
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0;",
        },
    }
else:
    DATABASE |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    # Nobody waits longer for a server that does not answer.
    DATABASE["OPTIONS"] = {"connect_timeout": 3, **DATABASE.get("OPTIONS", {})}
DATABASES = {"default": DATABASE}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "config.admin.Site",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "import_export",
    "simple_history",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "kb",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "config.middleware.Language",
    "config.middleware.Session",
    "django.middleware.common.CommonMiddleware",
    "config.middleware.Csrf",
    "config.middleware.Authentication",
    "config.middleware.Messages",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.NoStore",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.Door",
    "config.middleware.History",
    "config.middleware.DatabaseAway",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
            # Every form of the desk says whose it is; words of people stand everywhere, in any direction.
            "builtins": ["config.kept", "kb.templatetags.direction"],
        },
    }
]

# Language and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية")]
LOCALE_PATHS = [BASE_DIR / "kb" / "locale"]
FORMAT_MODULE_PATH = "config.formats"
TIME_ZONE = "UTC"
USE_TZ = True

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ".static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG

# Security. The policy holds for every page, admin included: nothing inline, nothing from elsewhere.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.kept.too_old"
# Gone with the browser: a reader who writes to us is not known again by it.
CSRF_COOKIE_AGE = None
# W003 looks for Django's own class by name; ours (config.middleware.Csrf) is a subclass, and a test posts without a token.
# mail.W001 says that mail is not set; kb.I001 says what that turns off.
SILENCED_SYSTEM_CHECKS = ["security.W003", "mail.W001"]
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"

# Signing in: sign-up is closed, invitations come from the desk.
AUTHENTICATION_BACKENDS = ["kb.accounts.adapters.Backend"]
SESSION_ENGINE = "kb.models.account"
ACCOUNT_ADAPTER = "kb.accounts.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{KB_SITE_NAME}] "
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_FORMS = {"login": "kb.accounts.forms.SignIn", "reset_password": "kb.accounts.forms.AskForReset"}
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    # Ten wrong passwords, or ten wrong codes, close an account for a quarter of an hour; an address may fail at many.
    "login_failed": "10/m/ip,60/h/ip,10/15m/key",
    "locked_login": "10/15m/key",
    "reset_password": "20/h/ip,3/h/key",
    "reauthenticate": "10/15m/user",
}
MFA_ADAPTER = "kb.accounts.adapters.SecondFactors"
MFA_FORMS = {
    "authenticate": "kb.accounts.forms.SecondStep",
    "reauthenticate": "kb.accounts.forms.ConfirmAccess",
    "activate_totp": "kb.accounts.forms.SetUpApp",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = KB_SITE_NAME
MFA_TOTP_TOLERANCE = 1

# Mail. Without EMAIL_URL development prints it, and production sends none: a check says what is off.
MAILERS = {}
if "EMAIL_BACKEND" in MAIL:
    MAILERS["default"] = {"BACKEND": MAIL["EMAIL_BACKEND"], "OPTIONS": {}}
    if MAIL["EMAIL_HOST"]:
        MAILERS["default"]["OPTIONS"] = {
            "host": MAIL["EMAIL_HOST"],
            "port": MAIL["EMAIL_PORT"],
            "username": MAIL["EMAIL_HOST_USER"] or "",
            "password": MAIL["EMAIL_HOST_PASSWORD"] or "",
            "use_tls": MAIL["EMAIL_USE_TLS"],
            "use_ssl": MAIL["EMAIL_USE_SSL"],
            "timeout": MAIL["EMAIL_TIMEOUT"] or 10,
        }
# Whether a mail reaches somebody: else the desk shows the links it would send.
KB_SENDS_MAIL = bool(MAILERS and MAIL["EMAIL_HOST"])

# Counts of attempts, shared by all processes without another server. Keys are hashed: no address is kept.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kb_cache",
        "KEY_FUNCTION": "config.cache.hashed",
        # Past this many the oldest third goes, and locks with it: far more than attempts are let in.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

# Tags: "iran" and "Iran" are one tag.
TAGGIT_CASE_INSENSITIVE = True

# A reason may be as long as it needs to be.
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# Tables in and out: a table is imported wholly or not at all.
IMPORT_EXPORT_USE_TRANSACTIONS = True

# What a form may carry at most; imports have a limit of their own.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
