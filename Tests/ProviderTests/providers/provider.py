"""A provider on loopback: its data in a folder of the caller's, its processes known by their ids.

Its program reads what it shall be from the JSON file that `PROVIDER_CONFIG` names, and its signing key from `key.pem`
in the data folder whenever it needs it, so that the key can change while it runs.
"""

import contextlib
import json
import os
import secrets
import sqlite3
import subprocess
import urllib.request

import journeys
from checks import eventually
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from joserfc.jwk import ECKey

HERE = os.path.dirname(os.path.abspath(__file__))
# A blank, a percent sign that looks like an escape, and what separates things in headers, forms and paths.
ODD_SECRET = "s%41+b:c&d e=/"


class Provider:
    name = "?"
    software = "?"
    issuer_path = ""
    database = "db.sqlite3"
    # How the Basic scheme's form encoding is shown to work (RFC 6749 §2.3.1), where the provider decodes.
    secret_start = "s3cret:&%+/"
    # Whether ID tokens of a refresh claim a new login.
    counts_refresh_as_login = False
    # What else than RS256 it signs ID tokens with, each for a client of its own.
    other_algorithms = ()
    # The ways other than a secret in which a client of its own may authenticate.
    assertions = ()

    running = []

    def __init__(self, folder, port, app_url):
        self.data = os.path.join(folder, self.name)
        self.base = f"http://127.0.0.1:{port}"
        self.issuer = self.base + self.issuer_path
        self.port = port
        self.client_id, self.odd_client_id = "quickstart", "odd"
        self.client_secret = self.secret_start + secrets.token_urlsafe(24)
        self.users = {name: secrets.token_urlsafe(16) for name in ("alice", "bob")}
        self.process = None
        os.makedirs(self.data)
        config = os.path.join(self.data, "config.json")
        with open(config, "w", encoding="utf-8") as file:
            json.dump(self.config(app_url), file)
        self.environment = {**os.environ, "PROVIDER_CONFIG": config}
        self.rotate()
        for algorithm in self.other_algorithms:
            edwards = algorithm == "EdDSA"
            self._write_key(algorithm + ".pem", ed25519.Ed25519PrivateKey.generate() if edwards else elliptic_key())
        # The app's own key, and one that nobody knows.
        self.client_key, self.strange_key = self.place("client.pem"), self.place("stranger.pem")
        for name in ("client.pem", "stranger.pem"):
            self._write_key(name, elliptic_key())
        self.set_up()

    def config(self, app_url):
        return {
            "base": self.base, "port": self.port, "data": self.data, "users": self.users,
            "clients": {
                self.client_id: self.client_secret, self.odd_client_id: ODD_SECRET,
                **{name: self.client_secret for name in self.other_algorithms + self.assertions},
            },
            "algorithms": {name: name for name in self.other_algorithms},
            "assertions": self.assertions,
            "client_keys": app_url + "/.well-known/login-client-jwks.json",
            "redirect_uri": app_url + "/callback", "post_logout_uri": app_url + "/",
        }

    # What each provider says for itself.

    def command(self):
        """How its program is started."""
        raise NotImplementedError

    def set_up(self):
        """Fills its database before the first start."""

    def kill_refresh_tokens(self):
        """All refresh tokens that it issued are worth nothing from now on."""
        raise NotImplementedError

    def answer(self, browser, page, user, allowed=True, stop_at=None):
        """What a person does on a page of its: logs in, allows, refuses, confirms."""
        return journeys.answer(browser, page, user, self.users[user], allowed, stop_at)

    # What all have in common.

    def client_for(self, name):
        """Its client that is called after an algorithm or a way to authenticate, where it knows the one named."""
        return name if name in self.other_algorithms + self.assertions else self.client_id

    def place(self, name):
        return os.path.join(self.data, name)

    def client_jwks(self):
        """The public half of the app's key, as an operator gives it to a provider."""
        with open(self.client_key, "rb") as pem:
            key = ECKey.import_key(pem.read(), {"use": "sig", "alg": "ES256"})
        key.ensure_kid()
        return {"keys": [key.as_dict(private=False)]}

    def script(self, name):
        return os.path.join(HERE, self.name, name)

    def rotate(self):
        """From now on it signs with another RSA key, and publishes that one alone."""
        self._write_key("key.pem", rsa.generate_private_key(65537, 2048))

    def _write_key(self, name, key):
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        place = self.place(name)
        with open(place + ".new", "wb") as file:
            file.write(pem)
        os.rename(place + ".new", place)

    def run(self, *command):
        """A step of the set-up, whose output is shown if it fails."""
        done = subprocess.run(
            command, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{self.name} cannot be set up: {(done.stdout + done.stderr)[-1500:]}")

    def start(self):
        with open(os.path.join(self.data, "out.log"), "ab") as log:
            self.process = subprocess.Popen(
                self.command(), env=self.environment, cwd=self.data, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        Provider.running.append(self.process)
        eventually(self.answers, self.name, 60)

    def answers(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"{self.name} ended: {self.output[-1500:]}")
        try:
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            return opener.open(self.issuer + "/.well-known/openid-configuration", timeout=5).status == 200
        except OSError:
            return False

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @property
    def output(self):
        with open(os.path.join(self.data, "out.log"), encoding="utf-8", errors="replace") as file:
            return file.read()

    @contextlib.contextmanager
    def records(self):
        """Its database, for what no page of its can do."""
        place = os.path.join(self.data, self.database)
        with contextlib.closing(sqlite3.connect(place, timeout=20)) as database, database:
            yield database


def elliptic_key():
    return ec.generate_private_key(ec.SECP256R1())


def stop_all():
    """For the end of a run, however it came."""
    for process in Provider.running:
        if process.poll() is None:
            process.kill()
            process.wait()
