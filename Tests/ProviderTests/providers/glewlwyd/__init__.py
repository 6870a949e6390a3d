"""glewlwyd, a server in C. Its pages are programs for a browser with JavaScript, so a person's part is played through
the calls that those pages make; its settings are made through the calls of its administration page."""

import json
import os
import shutil

from agent import Browser, query
from checks import expect_equal
from joserfc.jwk import ECKey, OKPKey, RSAKey

from ..provider import Provider
from .settings import CONFIGURATION, PAGES, PLUGIN, RESOURCES, SCOPES

SCHEMA = "/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3"


class Glewlwyd(Provider):
    name = "glewlwyd"
    software = "glewlwyd 2.7.5"
    other_algorithms = ("ES256", "EdDSA")
    assertions = ("private_key_jwt", "client_secret_jwt")
    issuer_path = "/api/oidc"
    secret_start = ""

    def command(self):
        return ["glewlwyd", "--config-file=" + os.path.join(self.data, "glewlwyd.conf")]

    def set_up(self):
        with self.records() as database, open(SCHEMA, encoding="utf-8") as schema:
            database.executescript(schema.read())
        # Debian's config.json there is a link to a directory, and the login page cannot start with it.
        pages = os.path.join(self.data, "webapp")
        shutil.copytree("/usr/share/glewlwyd/webapp", pages, ignore=shutil.ignore_patterns("config.json"))
        with open(os.path.join(pages, "config.json"), "w", encoding="utf-8") as file:
            json.dump(PAGES, file)
        with open(os.path.join(self.data, "glewlwyd.conf"), "w", encoding="utf-8") as file:
            file.write(CONFIGURATION.format(port=self.port, base=self.base, data=self.data))

    def start(self):
        fresh = self.process is None
        super().start()
        if fresh:
            self._fill()

    def answers(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"{self.name} ended: {self.output[-1500:]}")
        try:
            return Browser().send(self.base + "/config").status == 200
        except OSError:
            return False

    def rotate(self):
        super().rotate()
        if self.process is not None:
            self._change(self._keys())

    def let_access_tokens_live(self, seconds):
        self._change({"access-token-duration": seconds})

    def _change(self, parameters):
        administrator = self._administrator()
        plugin = administrator.call("GET", "mod/plugin/oidc")
        plugin["parameters"].update(parameters)
        administrator.call("PUT", "mod/plugin/oidc", plugin)
        administrator.call("PUT", "mod/plugin/oidc/reset/")

    def kill_refresh_tokens(self):
        with self.records() as database:
            database.execute("update gpo_refresh_token set gpor_enabled = 0")

    def resources_of_tokens(self):
        """What each access token is for, in the order of their issue."""
        with self.records() as database:
            found = database.execute("select gpoa_resource from gpo_access_token order by gpoa_id")
            return [[row[0]] if row[0] else [] for row in found]

    def answer(self, browser, page, user, allowed=True, stop_at=None):
        place = query(page.url)
        api = Pages(self.base, browser)
        if place.get("prompt") == "end_session":
            api.call("DELETE", f"oidc/session/{place['sid']}")
            api.call("DELETE", "auth/")
            return browser.open(place["callback_url"], stop_at=stop_at)
        api.call("POST", "auth/", {"username": user, "password": self.users[user]})
        api.call("PUT", "auth/grant/" + place["client_id"], {"scope": place["scope"] if allowed else ""})
        return browser.open(place["callback_url"] + "&g_continue", stop_at=stop_at)

    def _administrator(self):
        administrator = Pages(self.base, Browser())
        administrator.call("POST", "auth/", {"username": "admin", "password": "password"})
        return administrator

    def _keys(self):
        keys = [self._key("key.pem", RSAKey, "RS256"), *(self._other_key(name) for name in self.other_algorithms)]
        private = [key.as_dict(private=True) for key in keys]
        return {"jwks-private": json.dumps({"keys": private}), "default-kid": keys[0].kid}

    def _key(self, name, kind, algorithm):
        with open(os.path.join(self.data, name), "rb") as pem:
            key = kind.import_key(pem.read(), {"use": "sig", "alg": algorithm})
        key.ensure_kid()
        return key

    def _other_key(self, algorithm):
        return self._key(algorithm + ".pem", OKPKey if algorithm == "EdDSA" else ECKey, algorithm)

    def _fill(self):
        administrator = self._administrator()
        parameters = {**PLUGIN, **self._keys(), "iss": self.issuer}
        plugin = {"module": "oidc", "name": "oidc", "display_name": "OpenID", "parameters": parameters}
        administrator.call("POST", "mod/plugin/", plugin)
        for scope in SCOPES:
            body = {
                "name": scope, "display_name": scope, "password_required": True, "password_max_age": 0, "scheme": {},
                "scheme_required": {},
            }
            administrator.call(*(("PUT", "scope/openid") if scope == "openid" else ("POST", "scope/")), body)
        self._teach_clients(administrator)
        for name, password in self.users.items():
            administrator.call(
                "POST", "user/", {
                    "username": name, "password": password, "name": name.title() + " Example",
                    "email": name + "@example.org", "scope": [*SCOPES, "g_profile"], "enabled": True,
                })
        with open(self.environment["PROVIDER_CONFIG"], encoding="utf-8") as file:
            config = json.load(file)
        for client, secret in config["clients"].items():
            administrator.call(
                "POST", "client/", {
                    "client_id": client, "name": client, "client_secret": secret, "confidential": True,
                    "enabled": True, "redirect_uri": [config["redirect_uri"]], "scope": list(SCOPES),
                    "authorization_type": ["code", "refresh_token"],
                    "post_logout_redirect_uris": [config["post_logout_uri"]],
                    "resource": list(RESOURCES), **self._particulars(client),
                })

    def _particulars(self, client):
        """How a client authenticates, its keys, and what signs its ID tokens."""
        if client in self.assertions:
            return {
                "token_endpoint_auth_method": [client], **({"jwks": self.client_jwks()} if "key" in client else {}),
            }
        signed = {"sign_kid": self._other_key(client).kid} if client in self.other_algorithms else {}
        return {"token_endpoint_auth_method": ["client_secret_basic", "client_secret_post"], **signed}

    @staticmethod
    def _teach_clients(administrator):
        """The records of clients have members for these from now on."""
        backend = administrator.call("GET", "mod/client/database")
        for name, multiple in (("post_logout_redirect_uris", True), ("resource", True), ("sign_kid", False)):
            backend["parameters"]["data-format"][name] = {"multiple": multiple, "read": True, "write": True}
        administrator.call("PUT", "mod/client/database", backend)
        administrator.call("PUT", "mod/client/database/reset/")


class Pages:
    """The calls that glewlwyd's pages make."""

    def __init__(self, base, browser):
        self.base, self.browser = base, browser

    def call(self, method, path, body=None):
        page = self.browser.exchange(
            method, f"{self.base}/api/{path}", None if body is None else json.dumps(body), "application/json")
        expect_equal(page.status, 200, f"status of {method} {path}: {page.text[:300]!r}; it")
        return page.json() if "json" in (page.headers.get("Content-Type") or "") else None
