#!/usr/bin/env bash
# Authlib's ID tokens name their one audience in an array, and its end_session endpoint looks for the client of an
# id_token_hint only where the audience is a string. So a logout with the hint and a registered
# post_logout_redirect_uri, which is all that OpenID Connect RP-Initiated Logout §2 and §3 ask for, does not come back
# to the app; with client_id beside it, it does.
#
# Ends with 0 as long as that is so, else with another code.
. "$(dirname "$0")/common.sh"

with_packages Authlib==1.9.6 joserfc==1.8.0 Flask==3.1.3 Werkzeug==3.1.9 cryptography==50.0.2 <<'PROGRAM'
import os

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, grants
from authlib.oidc.core import OpenIDCode
from authlib.oidc.rpinitiated import EndSessionEndpoint
from flask import Flask
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

HOME = "https://app.example/"
key = RSAKey.generate_key(2048, {"kid": "k", "use": "sig", "alg": "RS256"})


class Client(ClientMixin):
    client_id = "app"
    client_metadata = {"post_logout_redirect_uris": [HOME]}

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
        return HOME + "callback"

    def get_scope(self):
        return "openid"

    def get_nonce(self):
        return "n"

    def get_auth_time(self):
        return None

    def get_acr(self):
        return None

    def get_amr(self):
        return None


class User:
    sub = "alice"


class CodeGrant(grants.AuthorizationCodeGrant):
    def query_authorization_code(self, code, client):
        return Code()

    def delete_authorization_code(self, code):
        pass

    def authenticate_user(self, code):
        return User()


class IDToken(OpenIDCode):
    def exists_nonce(self, nonce, request):
        return False

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


class EndSession(EndSessionEndpoint):
    def get_server_jwks(self):
        return KeySet([key])

    def end_session(self, request):
        pass


app = Flask(__name__)
server = AuthorizationServer(app, query_client=lambda identifier: Client(), save_token=lambda token, request: None)
server.register_grant(CodeGrant, [IDToken()])
server.register_endpoint(EndSession)
app.add_url_rule("/token", view_func=server.create_token_response, methods=["POST"])
app.add_url_rule("/logout", view_func=lambda: server.create_endpoint_response("end_session") or "logged out")
visitor = app.test_client()
form = {"grant_type": "authorization_code", "code": "c", "redirect_uri": HOME + "callback"}
hint = visitor.post("/token", data=form, auth=("app", "secret")).get_json()["id_token"]
audience = jwt.decode(hint, key, algorithms=["RS256"]).claims["aud"]
asked = {"id_token_hint": hint, "post_logout_redirect_uri": HOME}
alone = visitor.get("/logout", query_string=asked)
beside = visitor.get("/logout", query_string={**asked, "client_id": "app"})
print(f"the audience of its ID token    {audience}")
print(f"logout by the hint alone        {alone.status_code} {alone.location}")
print(f"with client_id beside it        {beside.status_code} {beside.location}")
same = audience == ["app"] and alone.location is None and beside.location == HOME
raise SystemExit(0 if same else 1)
PROGRAM
