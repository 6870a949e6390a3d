#!/usr/bin/env python3
"""Drivers of the Python libraries. usage: peer.py LIBRARY FOLDER SECONDS; prints one JSON line.

Each library gives a function that verifies one token whole, signature, issuer, audience and end, or raises.
"""
import json
import sys
import time
from importlib.metadata import version


def pyjwt(keys, issuer, audience):
    import jwt

    by_name = {key.key_id: key.key for key in jwt.PyJWKSet.from_dict(keys).keys}
    options = {"require": ["exp", "iss", "aud"]}

    def verify(token):
        key = by_name[jwt.get_unverified_header(token)["kid"]]
        return jwt.decode(token, key, algorithms=["RS256"], audience=audience, issuer=issuer, options=options)

    return verify


def joserfc(keys, issuer, audience):
    from joserfc import jwt
    from joserfc.jwk import KeySet

    key_set = KeySet.import_key_set(keys)
    registry = jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": issuer}, aud={"essential": True, "value": audience}, exp={"essential": True})

    def verify(token):
        decoded = jwt.decode(token, key_set, algorithms=["RS256"])
        registry.validate(decoded.claims)
        return decoded.claims

    return verify


def authlib(keys, issuer, audience):
    from authlib.jose import JsonWebKey, JsonWebToken

    key_set = JsonWebKey.import_key_set(keys)
    tokens = JsonWebToken(["RS256"])
    options = {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": audience},
               "exp": {"essential": True}}

    def verify(token):
        claims = tokens.decode(token, key_set, claims_options=options)
        claims.validate()
        return claims

    return verify


def python_jose(keys, issuer, audience):
    from jose import jwt

    return lambda token: jwt.decode(token, keys, algorithms=["RS256"], audience=audience, issuer=issuer)


def jwcrypto(keys, issuer, audience):
    from jwcrypto import jwk, jwt

    key_set = jwk.KeySet.from_json(json.dumps(keys))
    expected = {"iss": issuer, "aud": audience, "exp": None}

    def verify(token):
        return json.loads(jwt.JWT(jwt=token, key=key_set, algs=["RS256"], check_claims=expected).claims)

    return verify


LIBRARIES = {
    "PyJWT": pyjwt, "joserfc": joserfc, "authlib": authlib, "python-jose": python_jose, "jwcrypto": jwcrypto,
}


def is_accepted(verify, token):
    try:
        return bool(verify(token))
    except Exception:  # each library has its own errors; all of them refuse
        return False


def prove(verify, tokens):
    """A driver that accepts a changed signature measures nothing."""
    place = tokens[0].rindex(".") + 20
    changed = tokens[0][:place] + ("B" if tokens[0][place] == "A" else "A") + tokens[0][place + 1:]
    if is_accepted(verify, changed):
        sys.exit("accepts a changed signature")
    if not all(is_accepted(verify, token) for token in tokens[:200]):
        sys.exit("refuses a good token")


def measure(verify, tokens, seconds, batch=100):
    samples, position, end = [], 0, time.monotonic() + seconds
    while time.monotonic() < end:
        begin = time.process_time_ns()
        for _ in range(batch):
            verify(tokens[position])
            position = (position + 1) % len(tokens)
        samples.append((time.process_time_ns() - begin) / batch)
    return sorted(samples)


def main():
    library, folder, seconds = sys.argv[1:]

    def text(name):
        with open(f"{folder}/{name}", encoding="utf-8") as file:
            return file.read()

    verify = LIBRARIES[library](json.loads(text("jwks.json")), text("issuer"), text("client"))
    tokens = text("rs256.tok").split()
    prove(verify, tokens)
    samples = measure(verify, tokens, float(seconds))
    print(json.dumps({"peer": f"{library} (Python)", "version": version(library), "batches": len(samples),
                      "min_ns": round(samples[0]), "med_ns": round(samples[len(samples) // 2])}))


main()
