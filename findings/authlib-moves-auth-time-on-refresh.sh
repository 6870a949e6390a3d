#!/usr/bin/env bash
# Authlib's stock extension for ID tokens at refresh, OpenIDToken, writes the time of the refresh into auth_time,
# although the class for the code, OpenIDCode, had written the time of the login there. OpenID Connect Core §12.2:
# auth_time of a refreshed ID token must be the time of the original authentication. A client that checks it refuses
# every refresh.
#
# Ends with 0 as long as that is so, else with another code.
. "$(dirname "$0")/common.sh"

with_packages Authlib==1.9.6 joserfc==1.8.0 Flask==3.1.3 Werkzeug==3.1.9 cryptography==50.0.2 <<'PROGRAM'
import os
import time

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, TokenMixin, grants
from authlib.oidc.core import OpenIDCode, OpenIDToken
from flask import Flask
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

LOGIN = int(time.time()) - 1000
key = RSAKey.generate_key(2048, {"kid": "k", "use": "sig", "alg": "RS256"})


class Client(ClientMixin):
    client_id = "app"

    def get_client_id(self):
        return "app"

    def get_allowed_scope(self, scope):
        return scope

    def check_redirect_uri(self, uri):
        return True

    def check_client_secret(self, secret):
        return secret == "secret"

    def check_endpoint_auth_method(self, method, endpoint):
        return True

    def check_grant_type(self, grant_type):
        return True


class Code(AuthorizationCodeMixin):
    def get_redirect_uri(self):
        return "https://app.example/callback"

    def get_scope(self):
        return "openid"

    def get_nonce(self):
        return "n"

    def get_auth_time(self):
        return LOGIN

    def get_acr(self):
        return None

    def get_amr(self):
        return None


class Token(TokenMixin):
    def check_client(self, client):
        return True

    def get_scope(self):
        return "openid"

    def is_expired(self):
        return False

    def is_revoked(self):
        return False


class User:
    sub = "alice"


class CodeGrant(grants.AuthorizationCodeGrant):
    def query_authorization_code(self, code, client):
        return Code()

    def delete_authorization_code(self, code):
        pass

    def authenticate_user(self, code):
        return User()


class RefreshGrant(grants.RefreshTokenGrant):
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, text):
        return Token()

    def authenticate_user(self, token):
        return User()

    def revoke_old_credential(self, token):
        pass


class Signed:
    def resolve_client_private_key(self, client):
        return KeySet([key])

    def get_client_algorithm(self, client):
        return "RS256"

    def get_encode_header(self, client):
        return {"alg": "RS256", "kid": "k"}

    def get_client_claims(self, client):
        return {"iss": "https://provider.example"}

    def generate_user_info(self, user, scope):
        return {"sub": user.sub}


class AtCode(Signed, OpenIDCode):
    def exists_nonce(self, nonce, request):
        return False


class AtRefresh(Signed, OpenIDToken):
    pass


app = Flask(__name__)
app.config["OAUTH2_REFRESH_TOKEN_GENERATOR"] = True
server = AuthorizationServer(app, query_client=lambda identifier: Client(), save_token=lambda token, request: None)
server.register_grant(CodeGrant, [AtCode()])
server.register_grant(RefreshGrant, [AtRefresh()])
app.add_url_rule("/token", view_func=server.create_token_response, methods=["POST"])


def auth_time(**form):
    answer = app.test_client().post("/token", data=form, auth=("app", "secret")).get_json()
    return jwt.decode(answer["id_token"], key, algorithms=["RS256"]).claims["auth_time"]


first = auth_time(grant_type="authorization_code", code="c", redirect_uri="https://app.example/callback")
second = auth_time(grant_type="refresh_token", refresh_token="r")
print(f"the login was at                {LOGIN}")
print(f"auth_time at the code           {first}")
print(f"auth_time at the refresh        {second}, {second - first} s later")
raise SystemExit(0 if first == LOGIN and second >= LOGIN + 1000 else 1)
PROGRAM
