"""All checks of this folder, and an end to all processes whatever happens."""

import http.client
import os
import shutil
import signal
import sys
import tempfile

import connections
import proxies
from agent import Browser, query
from checks import Checks, expect, expect_equal, expect_in
from provider import CLIENT, SECRET, Provider
from proxies import Proxy
from quickstart import Quickstart, free_ports, stop_all
from relay import Relay

HEAD_LIMIT = 3500


class Proxied(Quickstart):
    """The quickstart as browsers see it: at the proxy's address."""

    def __init__(self, folder, port, proxy_port, **settings):
        super().__init__(folder, port, **settings)
        self.proxy_port = proxy_port

    @property
    def url(self):
        return f"http://localhost:{self.proxy_port}"


def log_in(app, browser, target):
    page = browser.open(f"{app.url}/login?returnTo={target.replace('?', '%3F').replace('=', '%3D')}")
    expect_equal((page.status, page.url), (200, app.url + target), "where the login ends")
    expect_in("somebody", page.text, "the profile")
    return page


def journeys(check, name, app, provider):
    long_path = "/profile?q=" + "x" * 2037
    with check(f"{name}: a login with a long way back and eight abandoned ones"):
        browser = Browser()
        for _ in range(8):
            begun = browser.send(app.url + long_path)
            expect_equal(begun.status, 303, "status of a login that begins")
            head = sum(len(name) + len(value) + 4 for name, value in begun.headers.items())
            expect(head < HEAD_LIMIT, f"the head has {head} octets")
        log_in(app, browser, long_path)
    for padding in (2_500, 8_000):
        with check(f"{name}: a logout with an ID token of {padding} octets and more"):
            provider.padding = padding
            browser = Browser()
            page = log_in(app, browser, "/profile")
            logout = page.by_id("logout")
            page = browser.submit(page, logout.form, "logout")
            expect_equal(page.status, 200, "status")
            expect(page.by_id("continue") is not None, f"no form to go on with: {page.text[:300]!r}")
            expect_equal(Browser.send(browser.copy(), app.url + "/profile").status, 303, "logged out already: status")
            form = page.by_id("continue").form
            expect_equal(form.get("action"), provider.issuer + "/logout", "where the form leads")
            page = browser.submit(page, form, "continue")
            expect_equal(page.url.rstrip("/"), app.url, "where the logout ends")
            method, values = provider.logouts[-1]
            expect_equal(method, "POST", "the provider was asked by")
            expect(len(values["id_token_hint"]) > padding, "the hint is short")
            provider.padding = 0
    with check(f"{name}: HEAD of a page is its GET without a body, and begins and completes nothing"):
        browser = Browser()
        log_in(app, browser, "/profile")
        for path in ("/", "/profile", "/style.css", "/logout"):
            get = head_of(app, "GET", path, browser)
            head = head_of(app, "HEAD", path, browser)
            expect_equal((head[0], head[1].get("Content-Type"), head[2]), (200, get[1].get("Content-Type"), b""), path)
        before = len(provider.token_requests)
        for path in ("/login", "/callback?code=c&state=s"):
            status, fields, body = head_of(app, "HEAD", path, browser)
            expect_equal((status, fields.get("Set-Cookie"), fields.get("Location"), body), (200, None, None, b""), path)
        expect_equal(len(provider.token_requests), before, "token requests")
        expect_equal(head_of(app, "HEAD", "/profile", Browser())[0], 303, "status of a page that needs a login")
        expect_equal(head_of(app, "HEAD", "/nowhere", browser)[0], 404, "status of a page that is not there")
    with check(f"{name}: an answer by form_post and a body that is too long get pages"):
        page = Browser().send(app.url + "/callback", [("code", "c"), ("state", "s")])
        expect_equal(page.status, 200, "status of the page that posts again")
        page = Browser().send(app.url + "/callback", [("code", "c"), ("state", "s"), ("reposted", "1")])
        expect_equal((page.status, page.text_of("code")), (400, "callback_unknown_login"), "the answer")
        page = Browser().send(app.url + "/logout", [("a", "b" * 100_000)])
        expect_equal((page.status, page.text_of("code")), (413, "body_too_long"), "the answer")
    with check(f"{name}: a page that is not there says so"):
        page = Browser().send(app.url + "/nowhere")
        expect_equal(page.status, 404, "status")
        expect_in("There is no such page", page.text, "the page")


def head_of(app, method, path, browser):
    """Status, fields and all that follows them."""
    connection = http.client.HTTPConnection("localhost", app.proxy_port, timeout=30)
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.get("localhost", {}).items())
    connection.request(method, path, headers={"Accept": "text/html", **({"Cookie": cookies} if cookies else {})})
    answer = connection.getresponse()
    result = (answer.status, answer.headers, answer.read())
    connection.close()
    return result


def resend(check, folder, provider):
    """nginx with keep-alive sends a GET again when the connection that it kept dies: the callback arrives twice."""
    port = free_ports(4)
    relay = Relay(port + 1, port)
    try:
        with Proxied(folder, port, port + 2, name="resend", **settings(provider, port + 2)) as app:
            with Proxy("nginx-keepalive", folder, port + 2, port + 1):
                with check("nginx-keepalive: a callback that is sent again ends in one session"):
                    browser = Browser()
                    callback = browser.open(
                        app.url + "/login?returnTo=/profile", stop_at=lambda url: url.startswith(app.url + "/callback"))
                    before = len(provider.token_requests)
                    relay.cut_at = "/callback"
                    page = browser.open(callback)
                    expect_equal((page.status, page.url), (200, app.url + "/profile"), "where the login ends")
                    deliveries = [target for target in relay.seen if target.startswith("/callback")]
                    expect_equal(len(deliveries), 2, "deliveries")
                    expect_equal(len(provider.token_requests) - before, 1, "token requests")
                    expect_equal(provider.token_requests[-1], query(callback)["code"], "the code")
    finally:
        relay.stop()


def settings(provider, proxy_port):
    return {
        "LOGIN_ISSUER": provider.issuer, "LOGIN_CLIENT_ID": CLIENT, "LOGIN_CLIENT_SECRET": SECRET,
        "LOGIN_BASE_URL": f"http://localhost:{proxy_port}",
    }


def all_of_them(check, folder):
    provider = Provider(folder, free_ports(1))
    port = free_ports(4)
    try:
        with Proxied(folder, port, port, name="alone", **settings(provider, port)) as alone:
            callers = connections.begin(alone.port)
            for kind in ("nginx", "apache", "haproxy", "caddy"):
                with check(f"{kind} ran to its end"):
                    first = free_ports(4)
                    with Proxied(folder, first, first + 3, name=kind, **settings(provider, first + 3)) as app:
                        with Proxy(kind, folder, first + 3, first):
                            journeys(check, kind, app, provider)
            with check("nginx-keepalive ran to its end"):
                resend(check, folder, provider)
            connections.end(check, callers)
    finally:
        provider.stop()


def main():
    # An exception runs the `finally` blocks, which end the servers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    check = Checks()
    folder = tempfile.mkdtemp(prefix="login-flow-")
    # Apache's and nginx's workers are other users.
    os.chmod(folder, 0o755)
    try:
        with check("all proxies ran to their end"):
            all_of_them(check, folder)
    finally:
        proxies.stop_all()
        stop_all()
        if os.environ.get("KEEP_LOGS"):
            print(f"logs are in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return check.summary()


sys.exit(main())
