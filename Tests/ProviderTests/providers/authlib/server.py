"""An OpenID provider out of Authlib's server classes, put together as its documentation means them to be: one Flask
program that keeps everything in memory."""

import json
import os
import secrets
import time

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector, current_token  # noqa: E402
from authlib.oauth2 import OAuth2Error  # noqa: E402
from authlib.oauth2.rfc6749 import ClientMixin, TokenMixin, grants, list_to_scope, scope_to_list  # noqa: E402
from authlib.oauth2.rfc6750 import BearerTokenValidator  # noqa: E402
from authlib.oauth2.rfc7636 import CodeChallenge  # noqa: E402
from authlib.oauth2.rfc9207 import IssuerParameter  # noqa: E402
from authlib.oidc.core import OpenIDCode, OpenIDToken  # noqa: E402
from authlib.oidc.rpinitiated import EndSessionEndpoint  # noqa: E402
from flask import Flask, jsonify, redirect, render_template_string, request, session  # noqa: E402
from joserfc.jwk import ECKey, KeySet, RSAKey  # noqa: E402

with open(os.environ["PROVIDER_CONFIG"], encoding="utf-8") as file:
    CONFIG = json.load(file)
BASE = CONFIG["base"]
SCOPES = ("openid", "profile", "email")

app = Flask(__name__)
app.secret_key = "x" * 50
app.config.update(
    # Cookies are shared by all ports of a host, so they need names of their own.
    SESSION_COOKIE_NAME="authlibsession", OAUTH2_REFRESH_TOKEN_GENERATOR=True,
    OAUTH2_TOKEN_EXPIRES_IN={"authorization_code": 3600, "refresh_token": 3600})
codes, tokens, allowed = {}, [], set()


def read_key(name, kind, algorithm):
    with open(os.path.join(CONFIG["data"], name), "rb") as pem:
        key = kind.import_key(pem.read(), {"use": "sig", "alg": algorithm})
    key.ensure_kid()
    return key


def keys():
    return KeySet([read_key("key.pem", RSAKey, "RS256"), read_key("ES256.pem", ECKey, "ES256")])


def algorithm_of(client):
    return CONFIG["algorithms"].get(client.client_id, "RS256")


class Record:
    def __init__(self, **members):
        self.__dict__.update(members)


class Client(Record, ClientMixin):
    client_metadata = {"post_logout_redirect_uris": [CONFIG["post_logout_uri"]]}

    def get_client_id(self):
        return self.client_id

    def get_default_redirect_uri(self):
        return CONFIG["redirect_uri"]

    def get_allowed_scope(self, scope):
        return list_to_scope([value for value in scope_to_list(scope or "") if value in SCOPES])

    def check_redirect_uri(self, uri):
        return uri == CONFIG["redirect_uri"]

    def check_client_secret(self, secret):
        return secrets.compare_digest(self.client_secret.encode(), secret.encode())

    def check_endpoint_auth_method(self, method, endpoint):
        return method in ("client_secret_basic", "client_secret_post")

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return grant_type in ("authorization_code", "refresh_token")


class Code(Record):
    def is_expired(self):
        return self.at + 60 < time.time()

    def get_redirect_uri(self):
        return self.redirect_uri

    def get_scope(self):
        return self.scope

    def get_nonce(self):
        return self.nonce

    def get_auth_time(self):
        return self.auth_time

    def get_acr(self):
        return None

    def get_amr(self):
        return None


class Token(Record, TokenMixin):
    def check_client(self, client):
        return self.client_id == client.client_id

    def get_scope(self):
        return self.scope

    def get_expires_in(self):
        return self.expires_in

    def is_expired(self):
        return self.at + self.expires_in < time.time()

    def is_revoked(self):
        return self.revoked

    def get_user(self):
        return Record(sub=self.user)

    def get_client(self):
        return clients[self.client_id]


clients = {i: Client(client_id=i, client_secret=secret) for i, secret in CONFIG["clients"].items()}


def save_token(token, asked):
    tokens.append(
        Token(
            client_id=asked.client.client_id, user=asked.user.sub, at=time.time(), revoked=False,
            scope=token.get("scope", ""), access_token=token["access_token"], refresh_token=token.get("refresh_token"),
            expires_in=token["expires_in"]))


server = AuthorizationServer(app, query_client=clients.get, save_token=save_token)


class CodeGrant(grants.AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic", "client_secret_post"]

    def save_authorization_code(self, code, asked):
        data = asked.payload.data
        codes[code] = Code(
            code=code, client_id=asked.client.client_id, redirect_uri=asked.payload.redirect_uri,
            scope=asked.payload.scope, user=asked.user.sub, nonce=data.get("nonce"), auth_time=int(session["at"]),
            at=time.time(), code_challenge=data.get("code_challenge"),
            code_challenge_method=data.get("code_challenge_method"))

    def query_authorization_code(self, code, client):
        found = codes.get(code)
        return found if found and found.client_id == client.client_id and not found.is_expired() else None

    def delete_authorization_code(self, code):
        codes.pop(code.code, None)

    def authenticate_user(self, code):
        return Record(sub=code.user)


class RefreshGrant(grants.RefreshTokenGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = CodeGrant.TOKEN_ENDPOINT_AUTH_METHODS
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, text):
        return next((token for token in tokens if token.refresh_token == text and not token.revoked), None)

    def authenticate_user(self, token):
        return Record(sub=token.user)

    def revoke_old_credential(self, token):
        token.revoked = True


class Identity:
    def resolve_client_private_key(self, client):
        return KeySet([key for key in keys().keys if key.alg == algorithm_of(client)])

    def get_client_algorithm(self, client):
        return algorithm_of(client)

    def get_encode_header(self, client):
        return {"alg": algorithm_of(client), "kid": self.resolve_client_private_key(client).keys[0].kid}

    def get_client_claims(self, client):
        return {"iss": BASE}

    def generate_user_info(self, user, scope):
        return claims(user.sub, scope)


class IDTokenAtCode(Identity, OpenIDCode):
    def exists_nonce(self, nonce, asked):
        return False


class IDTokenAtRefresh(Identity, OpenIDToken):
    """As it comes: auth_time is the time of the refresh."""


class Issuer(IssuerParameter):
    def get_issuer(self):
        return BASE


def claims(user, scope):
    granted = scope_to_list(scope)
    found = {"sub": user}
    if "profile" in granted:
        found.update(name=user.title() + " Example", preferred_username=user)
    if "email" in granted:
        found.update(email=user + "@example.org", email_verified=True)
    return found


server.register_grant(CodeGrant, [CodeChallenge(required=True), IDTokenAtCode(require_nonce=False)])
server.register_grant(RefreshGrant, [IDTokenAtRefresh()])
server.register_extension(Issuer())


class Validator(BearerTokenValidator):
    def authenticate_token(self, text):
        return next((token for token in tokens if token.access_token == text), None)


protected = ResourceProtector()
protected.register_token_validator(Validator())


class EndSession(EndSessionEndpoint):
    def get_server_jwks(self):
        return keys()

    def end_session(self, asked):
        session.clear()

    def validate_id_token_claims(self, found):
        return found.get("iss") == BASE

    def is_post_logout_redirect_uri_legitimate(self, asked, uri, client, hint):
        return uri == CONFIG["post_logout_uri"]


server.register_endpoint(EndSession)
LOGIN_PAGE = """<!doctype html><title>Sign in</title><form method="post"><input name="username">
<input name="password" type="password"><button>Sign in</button></form>"""
CONSENT_PAGE = """<!doctype html><title>Allow?</title><form method="post">
<button name="answer" value="yes">Allow</button><button name="answer" value="no">Deny</button></form>"""


@app.route("/authorize", methods=["GET", "POST"])
def authorize():
    if "password" in request.form:
        if CONFIG["users"].get(request.form["username"]) == request.form["password"]:
            session.update(user=request.form["username"], at=time.time())
        return redirect(request.url)
    user = Record(sub=session["user"]) if "user" in session else None
    try:
        grant = server.get_consent_grant(end_user=user)
    except OAuth2Error as error:
        return server.handle_error_response(server.create_oauth2_request(request), error)
    if not user:
        return render_template_string(LOGIN_PAGE)
    pair = (user.sub, grant.request.client.client_id)
    if request.method == "GET" and pair not in allowed:
        return render_template_string(CONSENT_PAGE)
    agreed = request.method == "GET" or request.form.get("answer") == "yes"
    if agreed:
        allowed.add(pair)
    return server.create_authorization_response(grant_user=user if agreed else None, grant=grant)


@app.post("/token")
def token():
    return server.create_token_response()


@app.route("/userinfo", methods=["GET", "POST"])
@protected("openid")
def userinfo():
    return jsonify(claims(current_token.user, current_token.scope))


@app.route("/end_session", methods=["GET", "POST"])
def end_session():
    return server.create_endpoint_response("end_session") or "logged out"


@app.get("/jwks")
def jwks():
    return jsonify(keys().as_dict(private=False))


@app.post("/kill-refresh-tokens")
def kill_refresh_tokens():
    for each in tokens:
        each.refresh_token = None
    return ""


@app.get("/.well-known/openid-configuration")
def metadata():
    return jsonify(
        issuer=BASE, authorization_endpoint=BASE + "/authorize", token_endpoint=BASE + "/token",
        userinfo_endpoint=BASE + "/userinfo", jwks_uri=BASE + "/jwks", end_session_endpoint=BASE + "/end_session",
        response_types_supported=["code"], subject_types_supported=["public"],
        id_token_signing_alg_values_supported=["RS256", "ES256"],
        token_endpoint_auth_methods_supported=CodeGrant.TOKEN_ENDPOINT_AUTH_METHODS,
        code_challenge_methods_supported=["S256"], scopes_supported=list(SCOPES),
        authorization_response_iss_parameter_supported=True)


app.run("127.0.0.1", CONFIG["port"], threaded=True)
