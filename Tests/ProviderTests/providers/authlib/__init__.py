"""Authlib's server classes. Its stock ID token of a refresh says that the user logged in just now."""

import sys
import urllib.request

from ..provider import Provider


class Authlib(Provider):
    name = "authlib"
    software = "Authlib 1.9.6"
    other_algorithms = ("ES256",)
    counts_refresh_as_login = True

    def command(self):
        return [sys.executable, self.script("server.py")]

    def kill_refresh_tokens(self):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        opener.open(urllib.request.Request(self.base + "/kill-refresh-tokens", method="POST"), timeout=10).close()
