"""The quickstart with django-oauth-toolkit on bad days and with forged callbacks. matrix.py has the plain journeys."""

import os
import signal
import threading

import journeys
from agent import Browser
from checks import eventually, expect, expect_equal, expect_in
from providers import Dot
from quickstart import Quickstart, free_ports

TOKEN_REQUEST = "POST /o/token/"


def run(check, folder, port):
    provider = Dot(folder, free_ports(1), f"http://localhost:{port}")
    try:
        start_before_the_provider(check, provider, folder, port)
        with application(provider, folder, port) as app:
            return_path(check, provider, app)
            refusals(check, provider, app)
            bad_days(check, provider, app)
            with check("provider: the log holds no secret, code, token, cookie or password"):
                secrets = {provider.client_secret, *provider.users.values(), *provider.issued_tokens()}
                journeys.expect_clean(app.log, secrets, "the log")
        wrong_issuer(check, provider, folder, port)
        draining(check, provider, folder, port)
    finally:
        provider.stop()


def application(provider, folder, port, **settings):
    trio = {
        "LOGIN_ISSUER": provider.issuer, "LOGIN_CLIENT_ID": provider.client_id,
        "LOGIN_CLIENT_SECRET": provider.client_secret,
    }
    return Quickstart(folder, port, "foreign", **{**trio, **settings})


def login(provider, app, user="alice", **options):
    return journeys.log_in(app, user, provider.users[user], **options)


def start_before_the_provider(check, provider, folder, port):
    with application(provider, folder, port) as app:
        with check("provider down at the start: the app starts, and its login says 503 in friendly words"):
            expect_equal(Browser().open(app.url + "/").status, 200, "status of the home page")
            browser = Browser()
            journeys.expect_page(browser.open(app.url + "/login"), 503, "discovery_failed", "wait")
        with check("provider down at the start: the log names the failure for the operator"):
            expect_in("discovery_failed", app.log, "the log")
        with check("provider down at the start: the login works soon after it has come up"):
            provider.start()
            eventually(lambda: Browser().send(app.url + "/login").status == 303, "a login that starts", 40)
            _, page = login(provider, app)
            journeys.expect_profile(page)


def return_path(check, provider, app):
    with check("provider: the page asked for is the page that the login ends on"):
        _, page = login(provider, app, start="/api-call?x=1")
        expect_equal(page.url, app.url + "/api-call?x=1", "the address")


def refusals(check, provider, app):
    with check("provider: refusing the access ends on a page for the user, without a session or token request"):
        before = provider.requests(TOKEN_REQUEST)
        browser, page = journeys.deny(app, "bob", provider.users["bob"])
        journeys.expect_page(page, 403, turn="user")
        journeys.expect_no_session(app, browser)
        expect_equal(provider.requests(TOKEN_REQUEST), before, "token requests")
    with check("provider: forged and foreign callbacks cause no token request"):
        browser, address = login(provider, app, stop_at=journeys.at_callback(app))
        before = provider.requests(TOKEN_REQUEST)
        state = journeys.query(address)["state"]
        for url in (address, app.url + "/callback?code=a&state=b", address + "&state=" + state):
            stranger = Browser()
            journeys.expect_page(stranger.send(url), 400, turn="user")
            journeys.expect_no_session(app, stranger)
        tampered = address.replace("state=" + state, "state=" + state[:-2] + ("AA" if state[-2:] != "AA" else "BB"))
        journeys.expect_page(browser.send(tampered), 400, turn="user")
        expect_equal(provider.requests(TOKEN_REQUEST), before, "token requests")
        journeys.expect_profile(browser.open(address))
    with check("provider: 20 callbacks at once cause one token request"):
        browser, address = login(provider, app, stop_at=journeys.at_callback(app))
        before = provider.requests(TOKEN_REQUEST)
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(browser.copy().send(address))) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        expect_equal({(p.status, p.location) for p in answers}, {(303, "/profile")}, "the answers")
        expect_equal((len(answers), provider.requests(TOKEN_REQUEST) - before), (20, 1), "answers and token requests")


def bad_days(check, provider, app):
    with check("provider: HTML from the token endpoint ends on a page, without a session"):
        browser, address = login(provider, app, stop_at=journeys.at_callback(app))
        with provider.fault(path="/o/token/", html="<html>canary-body-of-a-proxy</html>", status=502):
            page = browser.open(address)
        expect(page.status >= 500, f"status {page.status}")
        journeys.expect_page(page, page.status)
        journeys.expect_no_session(app, browser)
        journeys.expect_clean(app.log + page.text, {"canary-body-of-a-proxy"}, "log or page")
    with check("provider: a slow token endpoint is waited for"):
        browser, address = login(provider, app, stop_at=journeys.at_callback(app))
        with provider.fault(path="/o/token/", delay=2):
            journeys.expect_profile(browser.open(address))
    with check("provider: away during the callback: 503 for the user to try again, without a session"):
        browser, address = login(provider, app, stop_at=journeys.at_callback(app))
        provider.stop()
        try:
            journeys.expect_page(browser.open(address), 503, turn="wait")
            journeys.expect_no_session(app, browser)
        finally:
            provider.start()
        journeys.expect_profile(login(provider, app)[1])


def wrong_issuer(check, provider, folder, port):
    with application(provider, folder, port, LOGIN_ISSUER=provider.issuer + "/") as app:
        with check("wrong issuer, a slash too many: the operator's page, and the log names both issuers"):
            browser = Browser()
            page = browser.open(app.url + "/login")
            journeys.expect_page(page, 500, "discovery_failed", "operator")
            expect(browser.open(app.url + "/").by_id("login") is not None, "a user is logged in")
            expect_in("issuer", app.log.lower(), "the log")
            expect_in(provider.issuer, app.log, "the log")
            expect_in(page.text_of("reference"), app.log, "the log")
        with check("wrong issuer: it stays the operator's turn however often a user tries"):
            for _ in range(3):
                journeys.expect_page(Browser().open(app.url + "/login"), 500, "discovery_failed", "operator")
    with application(provider, folder, port) as app:
        with check("HTML instead of the provider's metadata: a page for the operator, nothing of the HTML in the log"):
            with provider.fault(path="/o/.well-known", html="<html>canary-login-portal</html>"):
                page = Browser().open(app.url + "/login")
                journeys.expect_page(page, 500, "discovery_failed", "operator")
            journeys.expect_clean(app.log + page.text, {"canary-login-portal"}, "log or page")


def draining(check, provider, folder, port):
    store = "file:" + os.path.join(folder, "draining-store")
    app = application(provider, folder, port, LOGIN_SESSION_STORE=store)
    with check("SIGTERM while a login is under way: it is finished, and the session is there after the restart"):
        app.start()
        browser, address = login(provider, app, stop_at=journeys.at_callback(app))
        before, pages = provider.requests(TOKEN_REQUEST), []
        with provider.fault(path="/o/token/", delay=2):
            thread = threading.Thread(target=lambda: pages.append(browser.send(address)))
            thread.start()
            eventually(lambda: provider.requests(TOKEN_REQUEST) > before, "the token request")
            app.process.send_signal(signal.SIGTERM)
            thread.join()
        expect_equal(app.wait(), 0, "exit code")
        expect_equal([(p.status, p.location) for p in pages], [(303, "/profile")], "the answer")
        app.start()
        journeys.expect_profile(browser.open(app.url + "/profile"))
        app.stop()
    if app.process and app.process.poll() is None:
        app.kill()
