"""The built dev-auth-server with a configuration file, and logins at it through the quickstart with the settings that it prints."""

import http.client
import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import urllib.parse

import journeys
from agent import Browser
from checks import Checks, Failed, eventually, expect, expect_equal, expect_in
from quickstart import Quickstart, free_ports, stop_all

READY = "dev-auth-server ready: "
ROLES = "https://shop.example/roles"


class DevAuthServer:
    """The program as a child process."""

    def __init__(self, folder, *arguments, **variables):
        self.log_path = os.path.join(folder, f"dev-auth-server-{len(os.listdir(folder))}.log")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LOGIN_")}
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                [os.environ["DEV_AUTH_SERVER"], *arguments], env={**environment, **variables},
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        Quickstart.running.append(self.process)

    @property
    def log(self):
        with open(self.log_path, encoding="utf-8") as file:
            return file.read()

    def start(self):
        eventually(lambda: self.has_ended or READY in self.log, "dev-auth-server ready", 30)
        if self.has_ended:
            raise Failed(f"dev-auth-server ended with {self.process.returncode}: {self.log[-500:]}")
        return self

    @property
    def has_ended(self):
        return self.process.poll() is not None

    @property
    def settings(self):
        """What a person pastes: the lines that assign a variable, as a shell reads them."""
        lines = [line for line in self.log.splitlines() if line.startswith("LOGIN_")]
        return dict(word.split("=", 1) for line in lines for word in shlex.split(line))

    @property
    def ready(self):
        line = next(line for line in self.log.splitlines() if line.startswith(READY))
        return json.loads(line.removeprefix(READY))

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)


def configuration(port, app):
    return {
        "port": port,
        "clients": [{
            "id": "shop", "name": "Shop", "secret": "a secret & it's quoted",
            "redirect_uris": [f"{app}/callback"], "post_logout_redirect_uris": [f"{app}/"],
        }],
        "accounts": [
            {"username": "carol", "password": "her password", "name": "Carol Danvers", "claims": {"locale": "fr"}},
            {"username": "dora", "password": False},
            {"username": "emil"},
        ],
        "rules": [{"username": "emil", "deny": "Staff only."}, {"username": "carol", "add": {ROLES: ["admin"]}}],
        "lifetimes": {"access_token": 600},
    }


def log_in_by_code(app, email):
    browser = Browser()
    page = browser.open(app.url + "/login?returnTo=/profile")
    page = browser.submit(page, page.by_id("send-code"), "send", email=email)
    page = browser.submit(page, page.by_id("enter-code"), "login", code=page.text_of("login-code"))
    return journeys.decide(browser, page, True)


def log_in_elsewhere(app, username):
    browser = Browser()
    page = browser.open(app.url + "/login?returnTo=/profile")
    page = browser.submit(page, page.by_id("provider"))
    page = browser.submit(page, page.by_id("choose"), username)
    return journeys.decide(browser, page, True) if page.by_id("consent") else page


def status_for_host(server, host):
    port = urllib.parse.urlsplit(server.ready["issuer"]).port
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest("GET", "/.well-known/openid-configuration", skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def log_in_everywhere(check, app, server):
    with check("a page of another name that leads to this machine reads nothing"):
        port = urllib.parse.urlsplit(server.ready["issuer"]).port
        expect_equal(status_for_host(server, f"localhost:{port}"), 200, "status for this machine")
        expect_equal(status_for_host(server, f"shop.example:{port}"), 421, "status for another name")
    with check("a login with a password ends on the profile, with what the file says"):
        _, page = journeys.log_in(app, "carol", "her password")
        claims = journeys.expect_profile(page, "dev-carol")
        expect_equal(claims["iss"], server.ready["issuer"], "iss")
        expect_equal((claims["name"], claims["locale"]), ("Carol Danvers", "fr"), "name and locale")
        expect_in("admin", claims[ROLES], "the claim that the rule adds")
        picture = Browser().send(claims["picture"])
        expect_equal((picture.status, picture.headers.get("Content-Type")), (200, "image/svg+xml"), "the picture")
        expect_in(claims["picture"], page.text, "the profile's picture")
    with check("a login by a code that the page shows, for an account without a password"):
        claims = journeys.expect_profile(log_in_by_code(app, "dora@example.com"), "dev-dora")
        expect_in("otp", claims["amr"], "amr")
    with check("a login through the test identity provider"):
        claims = journeys.expect_profile(log_in_elsewhere(app, "dora"), "dev-dora")
        expect_equal(claims["idp"], "test-identity-provider", "idp")
    with check("a rule of the file refuses an account"):
        _, page = journeys.log_in(app, "emil", "emil-password")
        expect(page.by_id("reference") is not None, f"no error page: {journeys.glimpse(page)}")


def main():
    check = Checks()
    try:
        with tempfile.TemporaryDirectory(prefix="login-flow-") as folder:
            port = free_ports(4)
            path = os.path.join(folder, "dev.json")
            with open(path, "w", encoding="utf-8") as file:
                json.dump(configuration(port + 3, f"http://localhost:{port}"), file)
            server = DevAuthServer(folder, "--config", path).start()
            with check("it prints its settings as a shell takes them"):
                expect_equal(server.settings, {
                    "LOGIN_ISSUER": f"http://localhost:{port + 3}", "LOGIN_CLIENT_ID": "shop",
                    "LOGIN_CLIENT_SECRET": "a secret & it's quoted", "LOGIN_BASE_URL": f"http://localhost:{port}",
                }, "settings")
            with Quickstart(folder, port, **server.settings) as app:
                log_in_everywhere(check, app, server)
            with check("a second one on its port says so"):
                second = DevAuthServer(folder, "--config", path)
                expect_equal(second.process.wait(30), 2, "status")
                expect_in(f"another program uses port {port + 3}", second.log, "what it says")
            with check("SIGTERM ends it well"):
                expect_equal(server.end(), 0, "status")
            with check("it does not start in production"):
                refused = DevAuthServer(folder, "--config", path, LOGIN_ENV="production")
                expect_equal(refused.process.wait(30), 2, "status")
                expect_in("LOGIN_ENV says production", refused.log, "what it says")
            with check("faults of the file are named by their paths"):
                with open(path, "w", encoding="utf-8") as file:
                    file.write('{"port": 0, "clients": [{"id": "a", "secret": "s", "redirect_uris": ["https://a.example/"]}]}')
                refused = DevAuthServer(folder, "--config", path)
                expect_equal(refused.process.wait(30), 2, "status")
                starts = [line.split(":")[0] for line in refused.log.splitlines()]
                expect_equal(starts, ["port", "clients[0].redirect_uris[0]"], "the faults")
    finally:
        stop_all()
    return check.summary()


sys.exit(main())
