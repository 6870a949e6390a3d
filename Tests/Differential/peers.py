"""Asks other libraries the two questions that VectorReport answers: is it well signed, is it this login's token?"""
import warnings

import jwt
from joserfc import jws as jose_jws, jwt as jose_jwt
from joserfc.jwk import import_key
from jwt.api_jws import PyJWS

from tokens import CLIENT, ISSUER, NONCE

warnings.simplefilter("ignore")


def answers(question):
    """Any exception is a refusal, of whatever kind it is."""
    try:
        question()
        return True
    except Exception:  # noqa: BLE001 - libraries let many kinds out
        return False


class PyJWT:
    name = "PyJWT"

    def __init__(self, keys, now):
        self.keys = {a: jwt.PyJWK(key.jwk) for a, key in keys.items()}
        self.jws = PyJWS()

    def judge(self, algorithm, token):
        key = self.keys[algorithm]
        return (
            answers(lambda: self.jws.decode(token, key, algorithms=[algorithm])),
            answers(lambda: jwt.decode(token, key, algorithms=[algorithm], audience=CLIENT, issuer=ISSUER,
                                       options={"require": ["exp", "iat", "sub", "aud", "iss"]})),
        )


class Joserfc:
    name = "joserfc"

    def __init__(self, keys, now):
        self.keys = {a: import_key(key.jwk) for a, key in keys.items()}
        # RFC 7515 §4: parameters that are not understood are ignored, which it does when told so.
        self.registries = {a: jose_jws.JWSRegistry(algorithms=[a], strict_check_header=False) for a in keys}
        for registry in self.registries.values():
            # Its bounds on length are tighter than ours by default, which is a choice and no judgement.
            registry.max_header_length, registry.max_payload_length = 8192, 65536
        self.claims = jose_jwt.JWTClaimsRegistry(
            now=now, iss={"essential": True, "value": ISSUER}, aud={"essential": True, "value": CLIENT},
            sub={"essential": True}, exp={"essential": True}, iat={"essential": True},
            nonce={"essential": True, "value": NONCE})

    def judge(self, algorithm, token):
        key, registry = self.keys[algorithm], self.registries[algorithm]

        def id_token():
            self.claims.validate(jose_jwt.decode(token, key, algorithms=[algorithm], registry=registry).claims)

        return (answers(lambda: jose_jws.deserialize_compact(token, key, registry=registry)), answers(id_token))
