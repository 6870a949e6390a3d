"""A Django site that is nothing but an OpenID provider: django-allauth with its own login and consent pages.

`server.py setup` fills the database; `server:application` serves it. The signing key is read anew for each request, so
that it can change at run time.
"""

import json
import os
import sys

import django
from django.conf import settings

with open(os.environ["PROVIDER_CONFIG"], encoding="utf-8") as file:
    CONFIG = json.load(file)
NAME = __spec__.name if __spec__ else "__main__"


def signing_key():
    with open(os.path.join(CONFIG["data"], "key.pem"), encoding="ascii") as pem:
        return pem.read()


settings.configure(
    ALLOWED_HOSTS=["*"],
    # A throw-away value: the site lives for one run of the tests.
    SECRET_KEY="x" * 50,
    ROOT_URLCONF=NAME,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    # Fast on purpose: the passwords live for one run of the tests.
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    # Cookies are shared by all ports of a host, so they need names of their own.
    SESSION_COOKIE_NAME="allauthsession",
    CSRF_COOKIE_NAME="allauthcsrf",
    INSTALLED_APPS=[
        "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
        "allauth", "allauth.account", "allauth.idp.oidc",
    ],
    MIDDLEWARE=[
        NAME + ".key_of_the_day",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.path.join(CONFIG["data"], "db.sqlite3"),
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
    AUTHENTICATION_BACKENDS=[
        "django.contrib.auth.backends.ModelBackend", "allauth.account.auth_backends.AuthenticationBackend",
    ],
    ACCOUNT_LOGIN_METHODS={"username"},
    ACCOUNT_EMAIL_VERIFICATION="none",
    ACCOUNT_RATE_LIMITS=False,
    LOGIN_REDIRECT_URL="/",
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    IDP_OIDC_PRIVATE_KEY=signing_key(),
    IDP_OIDC_RATE_LIMITS=False,
)
django.setup()

from django.http import HttpResponse  # noqa: E402
from django.urls import include, path  # noqa: E402


def key_of_the_day(get_response):
    def answer(request):
        settings.IDP_OIDC_PRIVATE_KEY = signing_key()
        return get_response(request)

    return answer


urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("allauth.idp.urls")),
    path("", lambda request: HttpResponse(f"home of {request.user}")),
]


def setup():
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for name, password in CONFIG["users"].items():
        address = name + "@example.org"
        user = User.objects.create_user(name, address, password, first_name=name.title(), last_name="Example")
        EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    for identifier, secret in CONFIG["clients"].items():
        client = Client(id=identifier, name=identifier, type="confidential")
        client.set_secret(secret)
        client.set_redirect_uris([CONFIG["redirect_uri"]])
        client.set_scopes(["openid", "profile", "email"])
        client.set_grant_types(["authorization_code", "refresh_token"])
        client.set_response_types(["code"])
        client.set_post_logout_redirect_uris([CONFIG["post_logout_uri"]])
        client.save()


if __name__ == "__main__":
    if sys.argv[1:] == ["setup"]:
        setup()
else:
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
