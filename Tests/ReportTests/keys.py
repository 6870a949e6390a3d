"""Signing keys with their published form, which a case can bend."""

import base64
import hashlib
import hmac

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

HASHES = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}
CURVES = {"P-256": (ec.SECP256R1(), "ES256", 32), "P-384": (ec.SECP384R1(), "ES384", 48)}


def base64url(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


class Key:
    def __init__(self, spec):
        self.spec, self.kid = spec, spec.get("kid", "k1")
        self.key, numbers, self.alg = self._make(spec.get("kind", "RSA"))
        # As Base64 encoders other than base64url write numbers.
        if spec.get("pad") or spec.get("standard_base64"):
            numbers = {name: text + "=" * (-len(text) % 4) for name, text in numbers.items()}
        if spec.get("standard_base64"):
            numbers = {name: text.replace("-", "+").replace("_", "/") for name, text in numbers.items()}
        kind = {"RSA": "RSA", "Ed25519": "OKP"}.get(spec.get("kind", "RSA"), "EC")
        self.jwk = {"kty": kind, **numbers, "alg": self.alg, "use": "sig", "kid": self.kid}
        if kind != "RSA":
            self.jwk["crv"] = spec["kind"]
        self.jwk.update(spec.get("members", {}))
        for name in spec.get("remove", []):
            self.jwk.pop(name, None)
        self.alg = spec.get("sign_alg", self.alg)

    def _make(self, kind):
        if kind == "RSA":
            key = rsa.generate_private_key(65537, 2048)
            public = key.public_key().public_numbers()
            octets = {name: getattr(public, name) for name in ("n", "e")}
            return key, {n: base64url(i.to_bytes((i.bit_length() + 7) // 8, "big")) for n, i in octets.items()}, "RS256"
        if kind == "Ed25519":
            key = ed25519.Ed25519PrivateKey.generate()
            return key, {"x": base64url(key.public_key().public_bytes_raw())}, "EdDSA"
        curve, alg, self.size = CURVES[kind]
        key = ec.generate_private_key(curve)
        public = key.public_key().public_numbers()
        return key, {n: base64url(getattr(public, n).to_bytes(self.size, "big")) for n in ("x", "y")}, alg

    def sign(self, data):
        if isinstance(self.key, ed25519.Ed25519PrivateKey):
            return self.key.sign(data)
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), HASHES[self.alg[2:]])
        pair = utils.decode_dss_signature(self.key.sign(data, ec.ECDSA(HASHES[self.alg[2:]])))
        return b"".join(number.to_bytes(self.size, "big") for number in pair)


class SharedSecret:
    """Signs by the client's secret, as a few providers do."""

    alg = "HS256"

    def __init__(self, secret):
        self.secret = secret

    def sign(self, data):
        return hmac.new(self.secret.encode(), data, hashlib.sha256).digest()
