#!/usr/bin/env bash
# canaille looks for a client's public key without the kid of the assertion's header. So a client with two keys, both
# with a kid, gets the status 500 at the token endpoint (private_key_jwt) instead of a token or an error of RFC 6749
# §5.2: it cannot publish a new key before the old one has gone, as OpenID Connect Core §10.1.1 has it rotate keys. With one
# key the same assertion is accepted, and the code, which is made up, is refused.
#
# Ends with 0 as long as that is so, else with another code.
. "$(dirname "$0")/common.sh"

mapfile -t requirements < <(grep -vE '^(#|$)' "$(dirname "$0")/../Tests/ProviderTests/requirements.txt")
with_packages "${requirements[@]}" <<'PROGRAM'
import datetime
import json
import time

from canaille import create_app
from canaille.app import models
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

NAME = "provider.example"
keys = [ECKey.generate_key("P-256", {"kid": name, "use": "sig", "alg": "ES256"}) for name in ("old", "new")]
app = create_app(
    config={
        "SECRET_KEY": "x" * 50, "SERVER_NAME": NAME, "PREFERRED_URL_SCHEME": "https",
        "BROKER": "dramatiq_eager_broker:EagerBroker",
        "CANAILLE": {"DATABASE": "sql", "LOGGING": None}, "CANAILLE_SQL": {"DATABASE_URI": "sqlite:///canaille.sqlite"},
        "CANAILLE_OIDC": {"ACTIVE_JWKS": [RSAKey.generate_key(2048).as_dict(private=True)]},
    },
    env_file=None)


def fill():
    app.backend.install(app)
    for name, known in (("one", keys[:1]), ("two", keys)):
        client = models.Client(
            client_id=name, client_name=name, client_id_issued_at=datetime.datetime.now(datetime.timezone.utc),
            redirect_uris=["https://app.example/callback"], token_endpoint_auth_method="private_key_jwt",
            grant_types=["authorization_code"], response_types=["code"], scope=["openid"],
            client_uri="https://app.example", jwks=json.dumps({"keys": [key.as_dict(private=False) for key in known]}))
        app.backend.save(client)


def ask(client):
    now = int(time.time())
    claims = {
        "iss": client, "sub": client, "aud": f"https://{NAME}/oauth/token", "iat": now, "exp": now + 60, "jti": client,
    }
    form = {
        "grant_type": "authorization_code", "code": "made-up", "redirect_uri": "https://app.example/callback",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": jwt.encode({"alg": "ES256", "kid": "old"}, claims, keys[0], algorithms=["ES256"]),
    }
    return app.test_client().post("/oauth/token", data=form, base_url=f"https://{NAME}")


with app.app_context():
    fill()
one, two = ask("one"), ask("two")
print(f"a client with one key     {one.status_code} {one.get_data(as_text=True)[:120].strip()}")
print(f"a client with two keys    {two.status_code} {two.get_data(as_text=True)[:120].strip()}")
same = (one.status_code, one.get_json()["error"], two.status_code) == (400, "invalid_grant", 500)
raise SystemExit(0 if same else 1)
PROGRAM
