"""canaille, an identity server on Authlib: login in two pages, fractions in auth_time, no ID token at refresh."""

import sys

from ..provider import Provider


class Canaille(Provider):
    name = "canaille"
    software = "canaille 0.3.6"
    other_algorithms = ("ES256", "EdDSA")
    assertions = ("private_key_jwt",)
    # Its clients may use one way at the token endpoint only, whatever the metadata lists.
    secret_start = ""
    database = "canaille.sqlite"

    def command(self):
        return [sys.executable, self.script("server.py"), "serve"]

    def set_up(self):
        self.run(sys.executable, self.script("server.py"), "setup")

    def kill_refresh_tokens(self):
        with self.records() as database:
            database.execute("update token set refresh_token = null")
