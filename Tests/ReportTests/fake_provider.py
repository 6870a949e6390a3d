"""An OpenID provider whose every answer a case can bend. Listens on 127.0.0.1.

    fake_provider.py PORT cases/NAME.json      the provider alone, for a look by hand

Members of a case that concern the provider; each is optional:

    issuer_path   appended to the issuer, and served under it
    discovery     members, remove, status, type, headers, bom; redirect: "/x"; only_at: "/y"
    keys          a list of: kind (RSA, P-256, P-384, Ed25519), kid, members, remove, sign_alg, pad and standard_base64
                  (how its numbers are written), from_fetch (published from this fetch of the key set on)
    sign_with     index of the key that signs, or "client_secret"
    jwks          status, type, headers, raw, bom; extra: more keys; fails: which fetches answer 500, from 1
    id_token      header, header_remove, claims, remove, raw
    token         members, remove, status, type, raw, gzip; forbid and require: parameters, forbid_error;
                  refresh_token_for: the prompt without which there is no refresh token
    refresh       token, id_token, sign_with; rotate: a refresh token works once
    userinfo      members, remove, status, type; jwt: answer a signed token with the claims jwt_claims; at_first: how
                  access tokens are answered that come from no refresh
    authorize     forbid and require: parameters; error: what the callback holds instead of a code, if the request has
                  this `scope` and lacks this `prompt`, where they are given
    callback      set, remove; raw: the whole query; post: answer by a form

Strings may hold $ISSUER $ORIGIN $CLIENT $SECRET $NONCE $STATE $CODE; {"$now": 60} is the time 60 s from now, and
{"$nowtext": 60} the same as text.
"""

import gzip
import html
import http.server
import json
import secrets
import sys
import threading
import time
import urllib.parse

from keys import Key, SharedSecret, base64url

CLIENT, SECRET = "fake-client", "0123456789abcdef0123456789abcdef"


class FakeProvider:
    def __init__(self, case, port):
        self.case, self.origin = case, f"http://127.0.0.1:{port}"
        self.issuer = self.origin + case.get("issuer_path", "")
        self.keys = [Key(spec) for spec in case.get("keys", [{}])]
        self.nonce = self.state = self.code = self.live = self.prompt = ""
        self.pushed = ("", {})
        self.began, self.fetches, self.requests, self.issued, self.first = 0, 0, [], set(), set()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler(self))
        self.server.daemon_threads = True

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def fill(self, value):
        if isinstance(value, str):
            values = {
                "ISSUER": self.issuer, "ORIGIN": self.origin, "CLIENT": CLIENT, "SECRET": SECRET, "NONCE": self.nonce,
                "STATE": self.state, "CODE": self.code,
            }
            for name, text in values.items():
                value = value.replace("$" + name, text)
            return value
        if isinstance(value, list):
            return [self.fill(each) for each in value]
        if not isinstance(value, dict):
            return value
        if "$now" in value:
            return int(time.time()) + value["$now"]
        if "$nowtext" in value:
            return str(int(time.time()) + value["$nowtext"])
        return {name: self.fill(each) for name, each in value.items()}

    def bend(self, members, spec, changed="members", removed="remove"):
        members.update(self.fill(spec.get(changed, {})))
        for name in spec.get(removed, []):
            members.pop(name, None)
        return members

    def discovery(self):
        base = self.issuer.rstrip("/")
        return self.bend(
            {
                "issuer": self.issuer, "authorization_endpoint": base + "/authorize",
                "token_endpoint": base + "/token", "userinfo_endpoint": base + "/userinfo", "jwks_uri": base + "/jwks",
                "end_session_endpoint": base + "/logout", "response_types_supported": ["code"],
                "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"],
                "scopes_supported": ["openid", "profile", "email", "offline_access"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            },
            self.case.get("discovery", {}))

    def token(self, claims, spec, signer):
        header = {"alg": "HS256", "typ": "JWT"}
        key = SharedSecret(SECRET)
        if signer != "client_secret":
            key = self.keys[signer]
            header = {"alg": key.alg, "typ": "JWT", "kid": key.kid}
        self.bend(header, spec, "header", "header_remove")
        parts = (json.dumps(header), json.dumps(claims, ensure_ascii=False))
        signed = ".".join(base64url(part.encode()) for part in parts)
        return f"{signed}.{base64url(key.sign(signed.encode()))}"

    def id_token(self, spec, signer):
        if "raw" in spec:
            return self.fill(spec["raw"])
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": "user-1", "aud": CLIENT, "exp": now + 600, "iat": now, "auth_time": self.began,
            "nonce": self.nonce, "name": "Ada Example",
        }
        return self.token(self.bend(claims, spec, "claims"), spec, signer)

    def tokens(self, part):
        signer = part.get("sign_with", self.case.get("sign_with", 0))
        members = {
            "access_token": "at-" + secrets.token_hex(8), "token_type": "Bearer", "expires_in": 600,
            "refresh_token": "rt-" + secrets.token_hex(8), "scope": "openid profile email",
            "id_token": self.id_token(part.get("id_token", {}), signer),
        }
        self.bend(members, part.get("token", {}))
        wanted = part.get("token", {}).get("refresh_token_for")
        if wanted is not None and wanted not in self.prompt:
            del members["refresh_token"]
        self.live = members.get("refresh_token", self.live)
        if part is self.case:
            self.first.add(members.get("access_token"))
        self.issued.update(members[name] for name in ("access_token", "refresh_token", "id_token") if name in members)
        return members

    def asked(self, method_and_path):
        """How often a request such as `POST /token` came in."""
        method, path = method_and_path.split(" ")
        return sum(1 for m, p in self.requests if m == method and p.endswith(path))


def handler(provider):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def log_message(self, *_):
            pass

        def answer(self, body, spec=None, kind="application/json"):
            spec = spec or {}
            if "raw" in spec:
                body = provider.fill(spec["raw"])
            elif not isinstance(body, str):
                body = json.dumps(body, ensure_ascii=False)
            octets = (b"\xef\xbb\xbf" if spec.get("bom") else b"") + body.encode()
            fields = {"Content-Type": spec.get("type", kind), **provider.fill(spec.get("headers", {}))}
            if spec.get("gzip"):
                octets, fields["Content-Encoding"] = gzip.compress(octets), "gzip"
            self.respond(spec.get("status", 200), fields, octets)

        def respond(self, status, fields, octets=b""):
            self.send_response(status)
            for name, value in {**fields, "Content-Length": str(len(octets))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(octets)

        def redirect(self, target):
            self.respond(302, {"Location": target})

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            form = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
            path = urllib.parse.urlsplit(self.path).path
            provider.requests.append(("POST", path))
            if path.endswith("/token"):
                return self.token(form)
            if path.endswith("/par"):
                provider.pushed = ("urn:example:" + secrets.token_hex(8), form)
                return self.answer({"request_uri": provider.pushed[0], "expires_in": 60}, {"status": 201})
            return self.answer({}, {"status": 404})

        def token(self, form):
            refreshing = form.get("grant_type") == "refresh_token"
            part = provider.case.get("refresh", {}) if refreshing else provider.case
            spec = part.get("token", {})
            if refreshing and part.get("rotate") and form.get("refresh_token") != provider.live:
                return self.refuse(400, "invalid_grant", "refresh token was used before")
            if any(name in form for name in spec.get("forbid", [])):
                return self.refuse(400, spec.get("forbid_error", "invalid_request"), "unexpected parameter")
            if any(name not in form for name in spec.get("require", [])):
                return self.refuse(401, "invalid_client", "missing credentials")
            return self.answer(provider.tokens(part), spec)

        def refuse(self, status, error, description):
            self.answer({"error": error, "error_description": description}, {"status": status})

        def do_GET(self):
            url = urllib.parse.urlsplit(self.path)
            provider.requests.append(("GET", url.path))
            document = provider.case.get("discovery", {})
            well_known = urllib.parse.urlsplit(provider.issuer).path.rstrip("/") + "/.well-known/openid-configuration"
            if url.path == document.get("redirect"):
                return self.answer(provider.discovery(), document)
            if url.path == document.get("only_at", well_known):
                if "redirect" in document:
                    return self.redirect(provider.fill(document["redirect"]))
                return self.answer(provider.discovery(), document)
            for end, respond in (("jwks", self.jwks), ("authorize", self.authorize), ("userinfo", self.userinfo)):
                if url.path.endswith("/" + end):
                    return respond(dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True)))
            return self.answer("", {"status": 404})

        def jwks(self, _):
            spec = provider.case.get("jwks", {})
            provider.fetches += 1
            if provider.fetches in spec.get("fails", []):
                return self.answer({}, {"status": 500})
            keys = [k.jwk for k in provider.keys if provider.fetches >= k.spec.get("from_fetch", 0)]
            return self.answer({"keys": spec.get("extra", []) + keys}, spec)

        def authorize(self, query):
            wanted, bent = provider.case.get("authorize", {}), provider.case.get("callback", {})
            if query.get("request_uri") == provider.pushed[0]:
                query = {**provider.pushed[1], **query}
                provider.pushed = ("", {})
            provider.nonce, provider.state = query.get("nonce", ""), query.get("state", "")
            provider.prompt = query.get("prompt", "")
            provider.code, provider.began = "c-" + secrets.token_hex(6), int(time.time()) - 5
            wrong = [n for n in wanted.get("forbid", []) if n in query]
            wrong += ["missing " + n for n in wanted.get("require", []) if n not in query]
            fields = {"code": provider.code, "state": provider.state}
            if wrong:
                fields = {"error": "invalid_request", "error_description": wrong[0], "state": provider.state}
            if "error" in wanted and self.concerns(wanted, query):
                fields = {**provider.fill(wanted["error"]), "state": provider.state}
            provider.bend(fields, bent, "set")
            if bent.get("post"):
                return self.form(query["redirect_uri"], fields)
            sent = provider.fill(bent["raw"]) if "raw" in bent else urllib.parse.urlencode(fields)
            return self.redirect(query["redirect_uri"] + "?" + sent)

        @staticmethod
        def concerns(wanted, query):
            asked = wanted.get("scope") is None or wanted["scope"] in query.get("scope", "").split()
            return asked and (wanted.get("prompt") is None or wanted["prompt"] not in query.get("prompt", "").split())

        def form(self, action, fields):
            inputs = "".join(
                f'<input type="hidden" name="{html.escape(n)}" value="{html.escape(v)}">' for n, v in fields.items())
            start = f'<form id="answer" method="post" action="{html.escape(action)}">'
            self.answer(f"{start}{inputs}<button>Go on</button></form>", kind="text/html")

        def userinfo(self, _):
            spec = provider.case.get("userinfo", {})
            if "at_first" in spec and (self.headers.get("Authorization") or "").partition(" ")[2] in provider.first:
                return self.answer("", spec["at_first"])
            claims = provider.bend({"sub": "user-1", "name": "Ada Example", "email": "ada@example.org"}, spec)
            if not spec.get("jwt"):
                return self.answer(claims, spec)
            about = provider.fill(spec.get("jwt_claims", {"iss": "$ISSUER", "aud": "$CLIENT"}))
            return self.answer(provider.token({**claims, **about}, {}, 0), spec, "application/jwt")

    return Handler


def serve_alone(port, path):
    with open(path, encoding="utf-8") as file:
        provider = FakeProvider(json.load(file), port)
    print(f"issuer {provider.issuer}, client {CLIENT}, secret {SECRET}", flush=True)
    provider.server.serve_forever()


if __name__ == "__main__":
    serve_alone(int(sys.argv[1]), sys.argv[2])
