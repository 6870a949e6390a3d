"""A provider that logs everybody in at once and puts as much into its ID tokens as a test says. Standard library and
openssl only."""

import base64
import http.server
import json
import os
import subprocess
import threading
import time
import urllib.parse

CLIENT, SECRET = "proxied-app", "a secret of the proxy tests, long enough"


def encoded(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


class Provider:
    def __init__(self, folder, port):
        self.issuer = f"http://localhost:{port}"
        self.padding = 0
        self.codes, self.token_requests, self.logouts = {}, [], []
        self._key = os.path.join(folder, "key.pem")
        subprocess.run(["openssl", "genrsa", "-out", self._key, "2048"], check=True, capture_output=True)
        modulus = subprocess.run(
            ["openssl", "rsa", "-in", self._key, "-noout", "-modulus"], check=True, capture_output=True, text=True).stdout
        number = bytes.fromhex(modulus.strip().partition("=")[2])
        self.keys = {"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "k", "e": "AQAB", "n": encoded(number)}]}
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    def metadata(self):
        at = self.issuer
        return {
            "issuer": at, "authorization_endpoint": at + "/authorize", "token_endpoint": at + "/token",
            "jwks_uri": at + "/keys", "end_session_endpoint": at + "/logout", "response_types_supported": ["code"],
            "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "profile", "email"],
        }

    def id_token(self, nonce):
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": "somebody", "aud": CLIENT, "iat": now, "exp": now + 600, "nonce": nonce,
            "name": "Some Body", "email": "somebody@example.com", "groups": "g" * self.padding,
        }
        parts = [encoded(json.dumps(part).encode()) for part in ({"alg": "RS256", "kid": "k", "typ": "JWT"}, claims)]
        data = ".".join(parts).encode()
        signature = subprocess.run(
            ["openssl", "dgst", "-sha256", "-sign", self._key], input=data, check=True, capture_output=True).stdout
        return f"{data.decode()}.{encoded(signature)}"

    def _handler(provider):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self, status, body=b"", **fields):
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **fields}.items():
                    self.send_header(name.replace("_", "-"), value)
                self.end_headers()
                self.wfile.write(body)

            def json(self, document, status=200):
                self.answer(status, json.dumps(document).encode(), Content_Type="application/json")

            def do_GET(self):
                parts = urllib.parse.urlsplit(self.path)
                self.act(parts.path, dict(urllib.parse.parse_qsl(parts.query)))

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                self.act(urllib.parse.urlsplit(self.path).path, dict(urllib.parse.parse_qsl(body)))

            def act(self, path, values):
                if path == "/.well-known/openid-configuration":
                    self.json(provider.metadata())
                elif path == "/keys":
                    self.json(provider.keys)
                elif path == "/authorize":
                    code = encoded(os.urandom(16))
                    provider.codes[code] = values["nonce"]
                    query = urllib.parse.urlencode({"code": code, "state": values["state"]})
                    self.answer(302, Location=f"{values['redirect_uri']}?{query}")
                elif path == "/token":
                    provider.token_requests.append(values["code"])
                    nonce = provider.codes.pop(values["code"], None)
                    if nonce is None:
                        return self.json({"error": "invalid_grant"}, 400)
                    self.json({
                        "access_token": "an-access-token", "token_type": "Bearer", "expires_in": 600,
                        "id_token": provider.id_token(nonce)})
                elif path == "/logout":
                    provider.logouts.append((self.command, values))
                    query = urllib.parse.urlencode({"state": values["state"]})
                    self.answer(302, Location=f"{values['post_logout_redirect_uri']}?{query}")
                else:
                    self.answer(404)

        return Handler
