"""Tokens with good signatures around changed headers and payloads, and damage to their text. Seeded: a number names a token."""
import base64
import hashlib
import json
import random

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

ISSUER, CLIENT, NONCE = "https://issuer.example", "client-123", "n-0S6_WzA2Mj"
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")


def b64(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def number(value, count=None):
    return b64(value.to_bytes(count or (value.bit_length() + 7) // 8, "big"))


class Key:
    """A fresh private key for one algorithm, its public JWK and its signature function."""

    def __init__(self, algorithm):
        self.algorithm = algorithm
        if algorithm in ("RS256", "PS256"):
            self.private = rsa.generate_private_key(65537, 2048)
            numbers = self.private.public_key().public_numbers()
            members = {"kty": "RSA", "n": number(numbers.n), "e": number(numbers.e)}
        elif algorithm == "ES256":
            self.private = ec.generate_private_key(ec.SECP256R1())
            numbers = self.private.public_key().public_numbers()
            members = {"kty": "EC", "crv": "P-256", "x": number(numbers.x, 32), "y": number(numbers.y, 32)}
        else:
            self.private = ed25519.Ed25519PrivateKey.generate()
            members = {"kty": "OKP", "crv": "Ed25519", "x": b64(self.private.public_key().public_bytes_raw())}
        self.jwk = members | {"kid": "k-" + algorithm, "use": "sig", "alg": algorithm}

    def sign(self, text):
        if self.algorithm == "RS256":
            return self.private.sign(text, padding.PKCS1v15(), hashes.SHA256())
        if self.algorithm == "PS256":
            return self.private.sign(text, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
        if self.algorithm == "ES256":
            r, s = utils.decode_dss_signature(self.private.sign(text, ec.ECDSA(hashes.SHA256())))
            return r.to_bytes(32, "big") + s.to_bytes(32, "big")
        return self.private.sign(text)


ABSENT = object()
HEADER_CHANGES = [
    ("kid", [ABSENT, "other", "", "K-RS256", 1, None, ["k"], "k" * 257, "é"]),
    ("typ", [ABSENT, "jwt", "application/jwt", "at+jwt", "logout+jwt", "JOSE", "", 5, None, ["JWT"]]),
    ("alg", [ABSENT, "none", "None", "rs256", "HS256", "RS384", "ES384", "", 1, None, ["RS256"]] + list(ALGORITHMS)),
    ("crit", [[], ["exp"], ["b64"], ["alg"], None, "exp", {}, ["x-any"]]),
    ("b64", [False, True, None, 0]),
    ("zip", ["DEF", None, "none"]),
    ("cty", ["JWT", "", None, "json"]),
    # Links and keys are never read, so only well-formed ones show whether they are trusted.
    ("jku", ["https://evil.example/keys"]),
    ("x5u", ["https://evil.example/x"]),
    ("x5c", [["AA=="]]),
    ("x-any", [1, "a", None, [1], {"a": {"b": []}}, True, 1.5]),
]


def payload_changes(now):
    times = [ABSENT, None, "1", [], {}, True, -1, 0, 1, now - 86400, now + 86400, (now + 86400) + 0.5, 1e300, -1e300,
             253402300799, 253402300800, 2**63, 2**64, str(now + 86400)]
    texts = [ABSENT, None, "", 1, [], {}, True, "x", "é", "x" * 255, "x" * 256]
    return [
        ("exp", times), ("iat", times), ("nbf", times), ("auth_time", times), ("sub", texts + ["user-2"]),
        ("iss", texts + [ISSUER + "/", ISSUER.upper(), ISSUER + ":443", " " + ISSUER, [ISSUER], ISSUER[:-1]]),
        ("aud", texts + [[CLIENT], [CLIENT, "other"], ["other"], [CLIENT, 1], [CLIENT, CLIENT], [[CLIENT]],
                         CLIENT + "4", CLIENT.upper(), [CLIENT, ""], [None, CLIENT]]),
        ("nonce", texts + [[NONCE], NONCE + " "]), ("azp", texts + [CLIENT, "other"]), ("jti", texts), ("acr", texts),
        ("amr", texts + [["pwd"], [1]]), ("at_hash", texts), ("sid", texts), ("email", texts),
        ("x", [0.1, 1e-7, 10**30, {"a": [None, {}]}, "\u0000", "\U0001F600"]), ("events", [{}]),
    ]


def written(value, random_source):
    """The same JSON, written in another way that means the same, or nearly so."""
    text = json.dumps(value, ensure_ascii=random_source.random() < 0.5)
    for _ in range(random_source.choice((0, 0, 1, 1, 2))):
        text = random_source.choice(REWRITINGS)(text, random_source)
    return text.encode("utf-8", "surrogatepass")


def repeated(text, random_source):
    inner = text.strip()[1:-1]
    members = inner.split(", ")
    return "{" + inner + ", " + random_source.choice(members) + "}"


REWRITINGS = [
    lambda t, r: t.replace(": ", ":").replace(", ", ","),
    lambda t, r: " \t\r\n" + t + "\n",
    lambda t, r: t.replace("{", "{\n  ", 1),
    lambda t, r: t.replace('"alg"', r.choice(['"\\u0061lg"', '"\\u0061\\u006Cg"', '"ALG"'])),
    lambda t, r: t.replace('"sub"', r.choice(['"\\u0073ub"', '"SUB"'])).replace('"exp"', r.choice(['"\\u0065xp"', '"exp"'])),
    lambda t, r: t.replace("/", "\\/"),
    repeated,
    lambda t, r: t + r.choice(["}", "{}", "x", "\u0000", ",", "\u00a0", "//", "\ufeff"]),
    lambda t, r: r.choice(["\ufeff", "\u00a0", "/**/", "\u000b", "["]) + t,
    lambda t, r: t[:r.randrange(len(t))],
    lambda t, r: t.replace("}", ",}"),
    lambda t, r: t.replace('"', "'"),
    lambda t, r: t.replace("{", r.choice(['{"n":NaN,', '{"n":Infinity,', '{"n":01,', '{"n":+1,', '{"n":.5,', '{"n":1.,',
                                          '{"n":"\\ud800",', '{"n":"\\x41",', '{"n":"\t",', '{"n":-0,', '{"n":1E+2,',
                                          '{"n":' + "[" * 40 + "]" * 40 + ",", '{"n":' + "9" * 400 + ",",
                                          '{"\\ud800":1,', '{"":1,']), 1),
    lambda t, r: r.choice(["[]", "null", '"a"', "1", "", "[" + t + "]", '"' + t.replace('"', '\\"') + '"']),
]


class Corpus:
    """Numbers 0, 1, 2 … name tokens. About a third are whole; the others are whole ones with damaged text."""

    POOL = 6000

    def __init__(self, now):
        self.keys = {algorithm: Key(algorithm) for algorithm in ALGORITHMS}
        self.now = now
        self.changes = payload_changes(now)
        self.pool = [self.whole(index) for index in range(self.POOL)]

    def header(self, key):
        return {"alg": key.algorithm, "kid": key.jwk["kid"], "typ": "JWT"}

    def payload(self):
        return {"iss": ISSUER, "sub": "user-1", "aud": CLIENT, "exp": self.now + 86400, "iat": self.now - 10,
                "nonce": NONCE}

    def changed(self, members, changes, source, notes):
        name, values = source.choice(changes)
        value = source.choice(values)
        notes.append(f"{name}: {'absent' if value is ABSENT else str(value)[:24]!r}")
        if value is ABSENT:
            members.pop(name, None)
        else:
            members[name] = value

    def whole(self, index):
        """A token signed over exactly what it says: its algorithm, its text, and what was changed in it."""
        source = random.Random(index)
        key = self.keys[ALGORITHMS[index % len(ALGORITHMS)]]
        header, payload, notes = self.header(key), self.payload(), []
        for members, changes in ((header, HEADER_CHANGES), (payload, self.changes)):
            for _ in range(source.choice((0, 0, 0, 1, 1, 2))):
                self.changed(members, changes, source, notes)
        plain = source.random() < 0.6
        texts = [json.dumps(m).encode() if plain else written(m, source) for m in (header, payload)]
        notes.append("plain" if plain else "rewritten")
        if source.random() < 0.05:
            texts[1] = texts[1].replace(b"user", bytes([source.choice((0x80, 0xC0, 0xED, 0xFF, 0xE9))]))
            notes.append("octets that are no UTF-8")
        signed = ".".join(b64(text) for text in texts)
        return key.algorithm, signed + "." + b64(key.sign(signed.encode())), notes

    def token(self, index):
        if index < self.POOL:
            return self.pool[index]
        source = random.Random(index)
        algorithm, text, notes = self.pool[source.randrange(self.POOL)]
        name, damage = source.choice(DAMAGES)
        return algorithm, damage(text, source, self), notes + [name]


def place(text, source):
    return source.randrange(len(text) + 1)


def stretch(text, source):
    return sorted((place(text, source), place(text, source)))


def flip(text, source, corpus):
    at = source.randrange(len(text))
    return text[:at] + chr(ord(text[at]) ^ (1 << source.randrange(8))) + text[at + 1:]


def cut(text, source, corpus):
    low, high = stretch(text, source)
    return text[:low] + text[high:]


def doubled(text, source, corpus):
    low, high = stretch(text, source)
    return text[:high] + text[low:]


def inserted(text, source, corpus):
    at = source.choice((0, len(text), text.find("."), text.rfind("."), text.rfind(".") + 1, place(text, source)))
    return text[:at] + source.choice(" \n\t=.-_+/%\u00e9\u0000A~\\\"") * source.choice((1, 1, 2, 3)) + text[at:]


def padded(text, source, corpus):
    return ".".join(part + "=" * (-len(part) % 4) for part in text.split("."))


def other_alphabet(text, source, corpus):
    return text.replace("-", "+").replace("_", "/")


def last_bits(text, source, corpus):
    """Another last character of a segment, which may stand for the same octets."""
    parts = text.split(".")
    at = source.randrange(len(parts))
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    parts[at] = parts[at][:-1] + source.choice(letters)
    return ".".join(parts)


def segments(text, source, corpus):
    parts = text.split(".")
    _, other, _ = corpus.pool[source.randrange(corpus.POOL)]
    choice = source.randrange(6)
    if choice == 0:
        source.shuffle(parts)
    elif choice == 1:
        parts[source.randrange(len(parts))] = source.choice(other.split("."))
    elif choice == 2:
        parts.insert(source.randrange(4), source.choice(["", "e30", parts[0]]))
    elif choice == 3:
        parts[source.randrange(len(parts))] = ""
    elif choice == 4:
        parts = parts[:source.randrange(3)]
    else:
        parts[-1] = b64(hashlib.sha512(text.encode("utf-8", "surrogatepass")).digest() * 4)
    return ".".join(parts)


def unchanged(text, source, corpus):
    return text


DAMAGES = [(f.__name__, f) for f in (flip, cut, doubled, inserted, padded, other_alphabet, last_bits, segments, unchanged)]
