"""A Django site that is nothing but an OpenID provider: django-oauth-toolkit, its own pages, and a login page.

`server.py setup` fills the database; `server:application` serves it. The signing key is read anew for each request, so
that it can change at run time. What a test wants to go wrong stands in the file `faults.json` of the data folder, and
every request is noted in `requests.log` there before it is answered.
"""

import json
import os
import sys
import time

import django
from django.conf import settings

with open(os.environ["PROVIDER_CONFIG"], encoding="utf-8") as file:
    CONFIG = json.load(file)
DATA, BASE = CONFIG["data"], CONFIG["base"]
NAME = __spec__.name if __spec__ else "__main__"


def signing_key():
    with open(os.path.join(DATA, "key.pem"), encoding="ascii") as pem:
        return pem.read()


settings.configure(
    ALLOWED_HOSTS=["*"],
    # A throw-away value: the site lives for one run of the tests.
    SECRET_KEY="x" * 50,
    ROOT_URLCONF=NAME,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    LOGIN_URL="/login/",
    # Fast on purpose: the passwords live for one run of the tests.
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    # Cookies are shared by all ports of a host, so they need names of their own.
    SESSION_COOKIE_NAME="dotsession",
    CSRF_COOKIE_NAME="dotcsrf",
    INSTALLED_APPS=[
        "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
        "oauth2_provider",
    ],
    MIDDLEWARE=[
        NAME + ".faults",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.path.join(DATA, "db.sqlite3"),
            # Overlapping requests fail without these.
            "OPTIONS": {
                "timeout": 20, "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF",
            },
        }
    },
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    OAUTH2_PROVIDER={
        "OIDC_ENABLED": True,
        "OIDC_RSA_PRIVATE_KEY": signing_key(),
        "OIDC_ISS_ENDPOINT": BASE + "/o",
        "SCOPES": {
            "openid": "Who you are", "profile": "Your name", "email": "Your address", "offline_access": "Longer",
        },
        "OAUTH2_VALIDATOR_CLASS": NAME + ".Validator",
        "PKCE_REQUIRED": True,
        "REQUEST_APPROVAL_PROMPT": "force",
        "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
        "OIDC_RP_INITIATED_LOGOUT_ALWAYS_PROMPT": False,
        "ALLOWED_SCHEMES": ["http", "https"],
        "REFRESH_TOKEN_REUSE_PROTECTION": True,
        "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
        "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    },
)
django.setup()

from django.contrib.auth import views  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import include, path  # noqa: E402
from oauth2_provider.oauth2_validators import OAuth2Validator  # noqa: E402
from oauth2_provider.settings import oauth2_settings  # noqa: E402


class Validator(OAuth2Validator):
    oidc_claim_scope = dict(OAuth2Validator.oidc_claim_scope or {}, preferred_username="profile")

    def get_additional_claims(self):
        return {
            "email": lambda request: request.user.email,
            "name": lambda request: request.user.get_full_name(),
            "preferred_username": lambda request: request.user.username,
        }


class Login(views.LoginView):
    page = (
        "<!doctype html><title>Sign in</title><form method=post id=login>{% csrf_token %}{{ form.as_p }}"
        '<input type=hidden name=next value="{{ next }}"><button type=submit>Sign in</button></form>'
    )

    def render_to_response(self, context, **options):
        return HttpResponse(engines["django"].from_string(self.page).render(context, self.request))


def faults(get_response):
    """Notes each request, takes the signing key of the day, and makes what `faults.json` names slow or wrong."""

    def answer(request):
        with open(os.path.join(DATA, "requests.log"), "a", encoding="utf-8") as log:
            log.write(f"{request.method} {request.path}\n")
        oauth2_settings.OIDC_RSA_PRIVATE_KEY = signing_key()
        try:
            with open(os.path.join(DATA, "faults.json"), encoding="utf-8") as file:
                fault = json.load(file)
        except FileNotFoundError:
            fault = {}
        if not fault or not request.path.startswith(fault["path"]):
            return get_response(request)
        time.sleep(fault.get("delay", 0))
        if "html" in fault:
            return HttpResponse(fault["html"], status=fault.get("status", 200))
        return get_response(request)

    return answer


urlpatterns = [
    path("login/", Login.as_view()),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]


def setup():
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from oauth2_provider.models import get_application_model

    call_command("migrate", verbosity=0)
    for name, password in CONFIG["users"].items():
        User.objects.create_user(name, name + "@example.org", password, first_name=name.title(), last_name="Example")
    for client, secret in CONFIG["clients"].items():
        get_application_model().objects.create(
            client_id=client, client_secret=secret, hash_client_secret=False, name=client, client_type="confidential",
            authorization_grant_type="authorization-code", algorithm="RS256",
            redirect_uris=CONFIG["redirect_uri"], post_logout_redirect_uris=CONFIG["post_logout_uri"])


if __name__ == "__main__":
    if sys.argv[1:] == ["setup"]:
        setup()
else:
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
