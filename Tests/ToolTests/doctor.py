"""`login-tool doctor` and `login-tool keys` against a provider on this machine."""

import email.utils
import http.server
import json
import os
import subprocess
import threading
import time
import urllib.parse

import corpus as corpora
from checks import expect, expect_equal, expect_in

PORTS = range(22000, 22100)
CALLBACK = "http://localhost:3000/callback"
SECRET = "canary-of-the-client-secret"


class Provider:
    """A provider with one registered redirect URI. `change` may replace what it would answer."""

    def __init__(self, jwks, registered=CALLBACK, slash="", behind=0, authorize=None):
        self.jwks, self.registered, self.behind, self.authorize = jwks, registered, behind, authorize
        self.requests = []
        self.server = self._listening()
        self.issuer = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.published = self.issuer + slash

    def _listening(self):
        for port in PORTS:
            try:
                return http.server.ThreadingHTTPServer(("127.0.0.1", port), self._handler())
            except OSError:
                continue
        raise OSError("no free port")

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def metadata(self):
        base = self.issuer
        return json.dumps({
            "issuer": self.published, "authorization_endpoint": base + "/authorize", "token_endpoint": base + "/token",
            "jwks_uri": base + "/jwks", "userinfo_endpoint": base + "/me", "end_session_endpoint": base + "/end",
            "response_types_supported": ["code"], "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "id_token_signing_alg_values_supported": ["RS256"],
        })  # fmt: skip

    def answer(self, path, query):
        """Status, type or location, and body."""
        if path == "/.well-known/openid-configuration":
            return 200, "application/json", self.metadata()
        if path == "/jwks":
            return 200, "application/json", self.jwks
        if path == "/authorize" and self.authorize:
            return self.authorize
        if path == "/authorize" and query.get("redirect_uri") == [self.registered]:
            state = urllib.parse.quote(query["state"][0])
            return 302, f"{self.registered}?error=login_required&state={state}", ""
        return 400, "text/html", "<h1>Something is wrong</h1>"

    def _handler(provider):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                provider.requests.append(self.requestline + "\n" + str(self.headers))
                path, _, query = self.path.partition("?")
                status, what, body = provider.answer(path, urllib.parse.parse_qs(query))
                octets = body if isinstance(body, bytes) else body.encode()
                self.send_response_only(status)
                self.send_header("Date", email.utils.formatdate(time.time() - provider.behind, usegmt=True))
                self.send_header("Location" if status == 302 else "Content-Type", what)
                self.send_header("Content-Length", str(len(octets)))
                self.end_headers()
                try:
                    self.wfile.write(octets)
                except OSError:
                    pass  # The tool does not read more than its limit.

            def log_message(self, *_):
                pass

        return Handler


def run(provider, *more, **variables):
    """The exit code and the report of one examination."""
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environment |= {
        "LOGIN_ISSUER": provider.issuer, "LOGIN_CLIENT_ID": "client-123", "LOGIN_CLIENT_SECRET": SECRET,
        "LOGIN_BASE_URL": "http://localhost:3000", **variables,
    }  # fmt: skip
    tool = subprocess.run(
        [corpora.TOOL, "doctor", "--json", *more], env=environment, capture_output=True, timeout=60, check=False)
    expect(SECRET.encode() not in tool.stdout + tool.stderr, "the client secret is shown")
    expect(all(SECRET not in request for request in provider.requests), "the client secret is sent")
    expect_equal(tool.stderr, b"", "standard error")
    return tool.returncode, json.loads(tool.stdout)


def level(report, subject):
    levels = [finding["level"] for finding in report["findings"] if finding["subject"] == subject]
    return max(levels, key=["ok", "warning", "problem"].index, default=None)


def text(report, subject):
    return " ".join(f"{f['text']} {f['fix']}" for f in report["findings"] if f["subject"] == subject)


def check_healthy(jwks):
    with Provider(jwks) as provider:
        code, report = run(provider)
    expect_equal((code, report["problems"]), (0, 0), "exit code and problems")
    for subject in ["issuer", "metadata", "pkce", "client-auth", "id-token-alg", "keys", "clock", "callback", "cookies"]:
        expect_equal(level(report, subject), "ok", subject)
    for library in ["libcrypto", "libcurl", "sqlite"]:
        expect("cannot be determined" not in text(report, library), f"version of {library}")


def check_faulty(jwks):
    """Each fault is found, and its finding names the fix."""
    cases = [
        ("issuer", "/", dict(slash="/")),
        ("callback", "register exactly " + CALLBACK, dict(registered="http://localhost:3000/other")),
        ("clock", "3600 s behind", dict(behind=3600)),
    ]
    for subject, fix, change in cases:
        with Provider(jwks, **change) as provider:
            code, report = run(provider)
        expect_equal((code, level(report, subject)), (1, "problem"), f"exit code and {subject}")
        expect_in(fix, text(report, subject), subject)
    with Provider('{"keys": []}') as provider:
        code, report = run(provider)
    expect_equal((code, level(report, "keys")), (1, "problem"), "exit code and keys")


def check_hostile(jwks):
    """Endless redirects and bodies end the examination with a finding."""
    answers = [(302, "/authorize?again", ""), (200, "text/html", b"x" * 8_000_000), (302, "http://[", "")]
    for answer in answers:
        with Provider(jwks, authorize=answer) as provider:
            code, report = run(provider)
        expect_equal((code, level(report, "callback")), (0, "warning"), "exit code and callback")
        expect(len(provider.requests) <= 10, f"{len(provider.requests)} requests")
    with Provider(b'{"keys": [' + b"1," * 4_000_000) as provider:
        code, report = run(provider)
    expect_equal((code, level(report, "keys")), (1, "problem"), "exit code and keys")


def check_keys(jwks):
    with Provider(jwks) as provider:
        tool = subprocess.run(
            [corpora.TOOL, "keys", "--json", provider.issuer + "/jwks"], capture_output=True, timeout=60, check=False)
    expect_equal(tool.returncode, 0, "exit code")
    report = json.loads(tool.stdout)
    expect_equal(len(report["keys"]), len(json.loads(jwks)["keys"]), "number of keys")


def check_secret():
    secrets = {subprocess.run([corpora.TOOL, "session-secret"], capture_output=True, check=True).stdout for _ in range(3)}
    expect_equal([len(bytes.fromhex(secret.decode())) for secret in secrets], [32] * 3, "lengths of three secrets")
