"""canaille in one process on SQLite: its memory backend takes any outstanding code of a client for the one asked for.

`server.py setup` fills the database, `server.py serve` serves it. The signing key is read anew for each request, so
that it can change at run time.
"""

import datetime
import json
import os
import sys

from canaille import create_app
from canaille.app import models
from joserfc.jwk import ECKey, OKPKey, RSAKey
from werkzeug.serving import make_server

with open(os.environ["PROVIDER_CONFIG"], encoding="utf-8") as file:
    CONFIG = json.load(file)


def signing_keys():
    return [read_key("key.pem", RSAKey), read_key("ES256.pem", ECKey), read_key("EdDSA.pem", OKPKey)]


def read_key(name, kind):
    with open(os.path.join(CONFIG["data"], name), "rb") as pem:
        return kind.import_key(pem.read()).as_dict(private=True)


app = create_app(
    config={
        "SECRET_KEY": "x" * 50, "SERVER_NAME": f"127.0.0.1:{CONFIG['port']}", "PREFERRED_URL_SCHEME": "http",
        "SESSION_COOKIE_SECURE": False, "SESSION_COOKIE_NAME": "canaillesession",
        "BROKER": "dramatiq_eager_broker:EagerBroker",
        "CANAILLE": {"DATABASE": "sql", "NAME": "Canaille", "LOGGING": None},
        "CANAILLE_SQL": {
            "DATABASE_URI": "sqlite:///" + os.path.join(CONFIG["data"], "canaille.sqlite"),
            # Fast on purpose: the passwords live for one run of the tests.
            "PASSWORD_HASH_PARAMS": {"pbkdf2_sha512__rounds": 1000},
        },
        "CANAILLE_OIDC": {
            "ACTIVE_JWKS": signing_keys(), "REQUIRE_NONCE": True, "TRUSTED_DOMAINS": [],
            # Its access tokens differ by their second alone; two of one user within one second are an error 500.
            "USERINFO_MAPPING": {"WEBSITE": "https://example.org/{{ range(1, 1000000000) | random }}"},
        },
    },
    env_file=None)


@app.before_request
def key_of_the_day():
    app.config["CANAILLE_OIDC"]["ACTIVE_JWKS"] = signing_keys()


def setup():
    backend = app.backend
    backend.install(app)
    for name, password in CONFIG["users"].items():
        backend.save(
            models.User(
                user_name=name, formatted_name=name.title() + " Example", display_name=name.title(),
                given_name=name.title(), family_name="Example", emails=[name + "@example.org"], password=password))
    now = datetime.datetime.now(datetime.timezone.utc)
    for identifier, secret in CONFIG["clients"].items():
        client = models.Client(
            client_id=identifier, client_secret=secret, client_name=identifier, client_id_issued_at=now,
            redirect_uris=[CONFIG["redirect_uri"]],
            token_endpoint_auth_method=identifier if identifier in CONFIG["assertions"] else "client_secret_basic",
            grant_types=["authorization_code", "refresh_token"], response_types=["code"],
            scope=["openid", "profile", "email", "offline_access"], client_uri="http://localhost",
            post_logout_redirect_uris=[CONFIG["post_logout_uri"]],
            id_token_signed_response_alg=CONFIG["algorithms"].get(identifier, "RS256"),
            jwks_uri=CONFIG["client_keys"] if identifier in CONFIG["assertions"] else None)
        backend.save(client)
        client.audience = [client]
        backend.save(client)


if sys.argv[1:] == ["setup"]:
    with app.app_context():
        setup()
else:
    make_server("127.0.0.1", CONFIG["port"], app, threaded=True).serve_forever()
