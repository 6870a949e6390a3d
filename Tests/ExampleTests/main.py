"""Logs in to each example and shows what it refuses and how it ends."""

import base64
import glob
import hashlib
import json
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile

import journeys
import site_checks as site
from agent import Browser
from checks import Checks, eventually, expect, expect_equal, expect_in
from programs import EXAMPLES, Function, Program, exchange
from quickstart import free_ports

AUDIENCE = "https://api.example"
SITES = ["HummingbirdSQLite", "FlyingFoxApp", "BareNIO", "LambdaShaped", "CustomStore", "SecondLanguage", "BackendForFrontend"]


class Provider(Program):
    """dev-auth-server, with an app for each example."""

    def __init__(self, port, folder, apps):
        super().__init__("dev-auth-server", port, folder, {})
        self.apps, self.accounts = apps, {}

    @property
    def command(self):
        options = [("--port", str(self.port)), ("--audience", AUDIENCE)]
        options += [("--client", f"{name}:{self.secret(name)}:http://localhost:{port}/callback") for name, port in self.apps.items()]
        options += [("--scope", "orders:read=See your orders"), ("--scope", "orders:write=Order for you")]
        return [os.environ["DEV_AUTH_SERVER"], *(word for option in options for word in option)]

    @staticmethod
    def secret(name):
        return f"secret-of-{name}"

    def registration(self, name):
        return {
            "LOGIN_ISSUER": self.url, "LOGIN_CLIENT_ID": name, "LOGIN_CLIENT_SECRET": self.secret(name),
            "LOGIN_BASE_URL": f"http://localhost:{self.apps[name]}", "LOGIN_SESSION_SECRET": SECRET,
        }

    def start(self):
        super().start()
        line = eventually(lambda: re.search(r"^dev-auth-server ready: (.*)$", self.log, re.M), "the accounts")
        self.accounts = {one["username"]: one["password"] for one in json.loads(line[1])["accounts"]}
        return self


SECRET = secrets.token_hex(32)


def hummingbird_sqlite(check, example, provider):
    example.start()
    person = site.check_login(check, example, provider)
    with check("HummingbirdSQLite: a session outlives the process"):
        example.stop()
        example.start()
        expect_equal(person.send(example.url + "/account").status, 200, "status after a restart")
    site.check_logout(check, example, person)
    site.check_stop(check, example)


def plain_site(check, example, provider):
    example.start()
    person = site.check_login(check, example, provider)
    site.check_logout(check, example, person)
    site.check_stop(check, example)


def flying_fox(check, example, provider):
    example.start()
    person = site.check_login(check, example, provider)
    with check("FlyingFoxApp: a body that no page asks for is read to its end"):
        for name, head, body in bodies(b"a" * (1 << 19)):
            answer = exchange(example.port, b"POST /nowhere HTTP/1.1\r\nHost: localhost\r\n" + head + b"\r\n\r\n" + body + last())
            expect_equal(answer.count(b"HTTP/1.1 "), 2, f"answers to two requests, the first with a {name} body,")
    with check("FlyingFoxApp: a body without an end ends the connection"):
        for name, head, body in bodies(b"a" * (3 << 20)):
            answer = exchange(example.port, b"POST /nowhere HTTP/1.1\r\nHost: localhost\r\n" + head + b"\r\n\r\n" + body + last())
            expect_equal(answer.count(b"HTTP/1.1 "), 1, f"answers to two requests, the first with a {name} body,")
            expect_in(b"HTTP/1.1 413", answer[:12], "the answer")
    check_head(check, example)
    site.check_logout(check, example, person)
    site.check_stop(check, example)


def check_head(check, example):
    with check(f"{example.name}: a connection carries several requests, and HEAD has no body"):
        answer = exchange(example.port, b"HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n" + last())
        expect_equal((answer.count(b"HTTP/1.1 200"), answer.count(b"<h1>")), (2, 1), "answers and bodies")


def bodies(octets):
    yield "long", b"Content-Length: %d" % len(octets), octets
    yield "chunked", b"Transfer-Encoding: chunked", b"%x\r\n%s\r\n0\r\n\r\n" % (len(octets), octets)


def last():
    return b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def bare_nio(check, example, provider):
    example.start()
    person = site.check_login(check, example, provider)
    with check("BareNIO: a head with too many fields, or too long ones, is refused"):
        for fields in (b"A: b\r\n" * 200, b"A: " + b"b" * 40_000 + b"\r\n"):
            answer = exchange(example.port, b"GET / HTTP/1.1\r\nHost: localhost\r\n" + fields + b"\r\n")
            expect_in(b"HTTP/1.1 400", answer[:12], "the answer")
    with check("BareNIO: a body that no page asks for ends the connection"):
        answer = exchange(example.port, b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nsome text" + last())
        expect_equal(answer.count(b"HTTP/1.1 "), 1, "answers")
        expect_in(b"HTTP/1.1 413", answer[:12], "the answer")
    check_head(check, example)
    site.check_logout(check, example, person)
    site.check_stop(check, example)


def custom_store(check, example, provider):
    example.start()
    person = site.check_login(check, example, provider)
    with check("CustomStore: a session outlives a process that is killed"):
        example.process.send_signal(signal.SIGKILL)
        example.process.wait()
        example.start()
        expect_equal(person.send(example.url + "/account").status, 200, "status after a restart")
        folder = example.settings["SESSION_FOLDER"]
        for name in os.listdir(folder):
            expect_equal(os.stat(os.path.join(folder, name)).st_mode & 0o077, 0, f"what others may do with {name}")
    site.check_logout(check, example, person)
    site.check_stop(check, example)


def second_language(check, example, provider):
    example.start()
    person = site.check_login(check, example, provider, start="/konto")
    with check("SecondLanguage: each page of a login that fails, and of a logout, is in German"):
        pages = {
            "Abmelden?": person.send(example.url + "/logout"),
            "Dieses Formular ist veraltet": person.send(example.url + "/logout", form={"csrf_token": "guessed"}),
            "Sie sind abgemeldet": Browser().send(example.url + "/logout"),
            "Diese Anmeldung kann nicht weitergehen": Browser().send(example.url + "/callback?code=abc&state=def"),
            "Die Anmeldung wurde abgelehnt": journeys.deny(example, "bob", provider.accounts["bob"])[1],
            "Diese Adresse nimmt kein Formular an": Browser().send(example.url + "/login", form={"a": "b"}),
        }
        for title, page in pages.items():
            expect_in('<html lang="de">', page.text, "the page")
            expect_in(title, page.text, "the page")
    site.check_logout(check, example, person, start="/konto")
    site.check_stop(check, example)


def api_only(check, api, provider, client):
    api.start()
    read, write = (access_token(provider, client, scope) for scope in ("orders:read", "orders:read orders:write"))
    with check("APIOnly: a request without a token is challenged, without an error"):
        page = Browser().send(api.url + "/orders")
        expect_equal((page.status, page.headers["WWW-Authenticate"]), (401, 'Bearer realm="orders"'), "the answer")
    with check("APIOnly: what is no access token of this API is refused as invalid_token"):
        for token in ("garbage", read["access_token"][:-4] + "AAAA", read["id_token"]):
            page = ask(api, token)
            expect_equal(page.status, 401, "status")
            expect_in('error="invalid_token"', page.headers["WWW-Authenticate"], "the challenge")
    with check("APIOnly: a token opens what its scope allows, and nothing else"):
        expect_equal(ask(api, read["access_token"]).json()[0]["item"], "tea", "the order")
        page = ask(api, read["access_token"], form={})
        expect_equal(page.status, 403, "status")
        expect_in('error="insufficient_scope"', page.headers["WWW-Authenticate"], "the challenge")
        expect_in('scope="orders:write"', page.headers["WWW-Authenticate"], "the challenge")
        expect_equal(ask(api, write["access_token"], form={}).status, 201, "status with the scope")
    with check("APIOnly: nobody needs a token to see that it runs"):
        expect_equal(Browser().send(api.url + "/health").status, 200, "status")


def ask(api, token, form=None):
    return Browser().send(api.url + "/orders", form, {"Authorization": f"Bearer {token}"})


def access_token(provider, client, scope):
    """The tokens of a login that this script does itself, as the registered app."""
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    callback = f"http://localhost:{provider.apps[client]}/callback"
    code = site.authorization_code(provider, client, callback, challenge, f"openid {scope}", AUDIENCE)
    basic = base64.b64encode(f"{client}:{provider.secret(client)}".encode()).decode()
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": callback, "code_verifier": verifier}
    return Browser().send(provider.url + "/token", form, {"Authorization": f"Basic {basic}"}).json()


def backend_for_frontend(check, example, provider, api):
    example.start()
    person = site.check_login(check, example, provider, start="/api/me")
    with check("BackendForFrontend: page and script are for everyone, and no other site frames them"):
        for path in ("/", "/app.js"):
            page = Browser().send(example.url + path)
            expect_equal(page.status, 200, "status")
            expect_in("frame-ancestors 'none'", page.headers["Content-Security-Policy"], "the policy")
    script = person.copy()
    script.accept = "application/json"
    with check("BackendForFrontend: the script sees the user and the API's answer, and no token"):
        me, orders = script.send(example.url + "/api/me"), script.send(example.url + "/api/orders")
        expect_in("Alice", me.json()["name"], "the user")
        expect_equal(orders.json()[0]["item"], "tea", "the order")
        expect(journeys.JWT.search(me.text + orders.text) is None, "an answer holds a token")
    with check("BackendForFrontend: what changes something needs the session's token"):
        for headers in ({}, {"X-CSRF-Token": "guessed"}):
            page = script.send(example.url + "/api/orders", form={}, headers=headers)
            expect_equal((page.status, page.headers["Content-Type"]), (403, "application/problem+json"), "the answer")
            expect_equal(page.json()["code"], "csrf_token_refused", "the code")
        headers = {"X-CSRF-Token": script.send(example.url + "/api/me").json()["csrfToken"]}
        # The user was not asked for orders:write, so the API refuses.
        expect_equal(script.send(example.url + "/api/orders", form={}, headers=headers).status, 403, "status at the API")
        expect(api.process.poll() is None, "the API ended")
    site.check_logout(check, example, person, start="/api/me")
    site.check_stop(check, example)


def faults_at_start(check, folder):
    with check("every site tells what is missing in lines, and ends with the exit code 2"):
        environment = {n: v for n, v in os.environ.items() if not n.startswith("LOGIN_")} | {"SESSION_FOLDER": folder}
        for name in SITES:
            command = [os.path.join(os.environ["EXAMPLES"], name)]
            ended = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
            names = [line.split(":")[0] for line in ended.stderr.splitlines()]
            expect_equal(names, ["LOGIN_ISSUER", "LOGIN_CLIENT_ID", "LOGIN_CLIENT_SECRET", "LOGIN_BASE_URL"], f"what {name} tells")
            expect_equal(ended.returncode, 2, f"exit code of {name}")


def what_to_copy(check):
    """The lines for Package.swift in the README of an example name what its code imports, no more and no less."""
    for name in sorted(os.listdir(EXAMPLES)):
        folder = os.path.join(EXAMPLES, name)
        if not os.path.isdir(folder) or name.startswith("."):
            continue
        with check(f"{name}: its README names the products that it needs"):
            sources = [read(path) for path in glob.glob(f"{folder}/**/*.swift", recursive=True)]
            imports = {found for text in sources for found in re.findall(r"^(?:public )?import (\w+)$", text, re.M)}
            products = set(re.findall(r"^    \.product\(name: \"(\w+)\"", read(f"{folder}/README.md"), re.M))
            expect_equal(products, imports - {"Foundation", "Testing", "FolderStore", "GermanPages"}, "products")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def settings_of(name, provider, folder, api):
    settings = provider.registration(name)
    if name == "HummingbirdSQLite":
        settings["LOGIN_SESSION_STORE"] = "sqlite:" + os.path.join(folder, "sessions.db")
    if name == "CustomStore":
        settings["SESSION_FOLDER"] = os.path.join(folder, "sessions")
        os.mkdir(settings["SESSION_FOLDER"], 0o700)
    if name == "BackendForFrontend":
        settings.update(
            LOGIN_SCOPE="openid profile orders:read", LOGIN_AUDIENCE=AUDIENCE, API_URL=f"http://localhost:{api.port}/orders")
    return settings


def run(check, folder):
    first = free_ports(len(SITES) + 2)
    provider = Provider(first, folder, {name: first + 2 + number for number, name in enumerate(SITES)}).start()
    api = Program("APIOnly", first + 1, folder, {"LOGIN_ISSUER": provider.url, "LOGIN_AUDIENCE": AUDIENCE})

    def example(name):
        kind = Function if name == "LambdaShaped" else Program
        return kind(name, provider.apps[name], folder, settings_of(name, provider, folder, api))

    steps = {
        "HummingbirdSQLite": hummingbird_sqlite, "FlyingFoxApp": flying_fox, "BareNIO": bare_nio, "LambdaShaped": plain_site,
        "CustomStore": custom_store, "SecondLanguage": second_language,
    }
    for name, step in steps.items():
        guarded(check, name, lambda: step(check, example(name), provider))
    guarded(check, "APIOnly", lambda: api_only(check, api, provider, "HummingbirdSQLite"))
    guarded(check, "BackendForFrontend", lambda: backend_for_frontend(check, example("BackendForFrontend"), provider, api))
    guarded(check, "APIOnly", lambda: site.check_stop(check, api))
    faults_at_start(check, tempfile.mkdtemp(dir=folder))
    with check("no example wrote a token, a code or a cookie into its log"):
        passed = set().union(*(journeys.secrets_of(person) for person in site.people))
        expect(len(passed) > 20, "nothing was seen that a log could hold")
        for name in [*SITES, "APIOnly"]:
            journeys.expect_clean(read(os.path.join(folder, f"{name}.log")), passed, f"{name}.log")


def guarded(check, name, step):
    """A step that breaks between two checks is a failed check, and the next one goes on."""
    try:
        step()
    except Exception as error:
        with check(f"{name}: all checks are made"):
            raise error


def main():
    check = Checks()
    try:
        what_to_copy(check)
        with tempfile.TemporaryDirectory(prefix="login-flow-") as folder:
            run(check, folder)
    finally:
        Program.stop_all()
    return check.summary()


sys.exit(main())
