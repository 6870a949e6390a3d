#!/usr/bin/env bash
# A client's id and secret in the Basic scheme are form-encoded first (RFC 6749 §2.3.1), so a blank is written as "+".
# Three servers from PyPI read the header in three ways: django-oauth-toolkit decodes as the RFC says, Authlib decodes
# percent escapes and leaves "+" alone, django-allauth decodes nothing. So of the ways to write a secret with a blank
# and a percent sign none works with all three, and the RFC's own works with one.
#
# Ends with 0 as long as that is so, else with another code.
. "$(dirname "$0")/common.sh"

with_packages django-oauth-toolkit==3.4.1 'django-allauth[idp-oidc]==65.21.1' Django==5.2.19 oauthlib==4.0.1 \
  requests==2.34.2 Authlib==1.9.6 joserfc==1.8.0 Flask==3.1.3 Werkzeug==3.1.9 cryptography==50.0.2 <<'PROGRAM'
import base64
import os
import urllib.parse

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

import django
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, grants
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from flask import Flask

SECRET = "two words %41"
WAYS = {
    "form-encoded, as RFC 6749": urllib.parse.quote_plus(SECRET),
    "percent-encoded": urllib.parse.quote(SECRET, safe=""),
    "as it is": SECRET,
}
pem = rsa.generate_private_key(65537, 2048).private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
settings.configure(
    ALLOWED_HOSTS=["*"], SECRET_KEY="x" * 50, ROOT_URLCONF=__name__, USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=[
        "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
        "oauth2_provider", "allauth", "allauth.account", "allauth.idp.oidc",
    ],
    MIDDLEWARE=["allauth.account.middleware.AccountMiddleware"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    OAUTH2_PROVIDER={"SCOPES": {"api": "API"}}, IDP_OIDC_PRIVATE_KEY=pem, IDP_OIDC_RATE_LIMITS=False)
django.setup()

from allauth.idp.oidc.models import Client as AllauthClient
from django.core.management import call_command
from django.test import Client as Visitor
from django.urls import include, path
from oauth2_provider.models import get_application_model

urlpatterns = [
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")), path("", include("allauth.idp.urls")),
]
call_command("migrate", verbosity=0)
get_application_model().objects.create(
    client_id="app", client_secret=SECRET, hash_client_secret=False, client_type="confidential",
    authorization_grant_type="client-credentials")
client = AllauthClient(id="app", name="app", type="confidential")
client.set_secret(SECRET)
client.set_scopes(["api"])
client.set_grant_types(["client_credentials"])
client.save()


class AuthlibClient(ClientMixin):
    def get_client_id(self):
        return "app"

    def get_allowed_scope(self, scope):
        return scope

    def check_client_secret(self, secret):
        return secret == SECRET

    def check_endpoint_auth_method(self, method, endpoint):
        return method == "client_secret_basic"

    def check_grant_type(self, grant_type):
        return True


app = Flask(__name__)
server = AuthorizationServer(
    app, query_client=lambda identifier: AuthlibClient(), save_token=lambda token, request: None)
server.register_grant(grants.ClientCredentialsGrant)
app.add_url_rule("/token", view_func=server.create_token_response, methods=["POST"])
FORM = {"grant_type": "client_credentials", "scope": "api"}
SERVERS = {
    "django-oauth-toolkit": lambda header: Visitor().post("/o/token/", FORM, headers={"Authorization": header}),
    "Authlib": lambda header: app.test_client().post("/token", data=FORM, headers={"Authorization": header}),
    "django-allauth": lambda header: Visitor().post(
        "/identity/o/api/token", FORM, headers={"Authorization": header}),
}
taken = set()
for way, secret in WAYS.items():
    header = "Basic " + base64.b64encode(f"app:{secret}".encode()).decode()
    for name, ask in SERVERS.items():
        status = ask(header).status_code
        print(f"{way:28}{name:24}{status}")
        if status == 200:
            taken.add((way, name))
ways = list(WAYS)
expected = {
    (ways[0], "django-oauth-toolkit"), (ways[1], "django-oauth-toolkit"), (ways[1], "Authlib"),
    (ways[2], "django-allauth"),
}
raise SystemExit(0 if taken == expected else 1)
PROGRAM
