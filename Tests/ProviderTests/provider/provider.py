"""Starts and stops the provider of site.py on loopback, with data in a folder of the caller's."""

import contextlib
import json
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import urllib.request

from checks import eventually

HERE = os.path.dirname(os.path.abspath(__file__))


class Provider:
    def __init__(self, folder, port, app_url):
        self.data = os.path.join(folder, "provider")
        self.base = f"http://127.0.0.1:{port}"
        self.issuer = self.base + "/o"
        self.port = port
        self.client_id = "quickstart"
        # With characters that the Basic scheme has to form-encode first (RFC 6749 §2.3.1).
        self.client_secret = "s3cret:&%+/" + secrets.token_urlsafe(24)
        self.users = {name: secrets.token_urlsafe(16) for name in ("alice", "bob")}
        self.process = None
        self.environment = dict(
            os.environ, PROVIDER_DATA=self.data, PROVIDER_BASE=self.base, PROVIDER_CLIENT_ID=self.client_id,
            PROVIDER_CLIENT_SECRET=self.client_secret, PROVIDER_USERS=json.dumps(self.users),
            PROVIDER_REDIRECT_URI=app_url + "/callback", PROVIDER_POST_LOGOUT_URI=app_url + "/")
        self._install()

    def _install(self):
        os.makedirs(self.data)
        # Not `site`: that is a module of Python's own.
        shutil.copy(os.path.join(HERE, "site.py"), os.path.join(self.data, "provider_site.py"))
        key = os.path.join(self.data, "key.pem")
        subprocess.run(
            ["openssl", "genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key],
            check=True)
        subprocess.run(
            [sys.executable, os.path.join(self.data, "provider_site.py"), "setup"], env=self.environment, check=True)

    def start(self):
        with open(os.path.join(self.data, "out.log"), "ab") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable, "-m", "gunicorn", "--chdir", self.data, "--bind", f"127.0.0.1:{self.port}",
                    "--workers", "1", "--threads", "4", "--log-level", "warning", "provider_site:application",
                ],
                env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        eventually(self._answers, "the provider", 30)

    def _answers(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"the provider ended: {self.output[-800:]}")
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

    def requests(self, line):
        """How often a request such as `POST /o/token/` came in so far."""
        try:
            with open(os.path.join(self.data, "requests.log"), encoding="utf-8") as log:
                return log.read().splitlines().count(line)
        except FileNotFoundError:
            return 0

    @contextlib.contextmanager
    def fault(self, **fault):
        """For as long as the block runs, requests below `path` are answered after `delay` seconds, or with `html`."""
        place = os.path.join(self.data, "faults.json")
        with open(place + ".new", "w", encoding="utf-8") as file:
            json.dump(fault, file)
        os.rename(place + ".new", place)
        try:
            yield
        finally:
            os.remove(place)

    def issued_tokens(self):
        """Every access and refresh token that it ever issued and still has."""
        with contextlib.closing(sqlite3.connect(os.path.join(self.data, "db.sqlite3"))) as database:
            return [
                row[0] for table in ("accesstoken", "refreshtoken")
                for row in database.execute(f"select token from oauth2_provider_{table}")
            ]
