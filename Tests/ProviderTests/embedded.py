"""The quickstart with its embedded authorization server."""

import json

import callbacks
import crashes
import faults
import journeys
import returnto
from agent import Browser
from checks import expect, expect_equal, expect_in
from quickstart import Quickstart

JSON = "application/json"


def run(check, folder, port):
    with Quickstart(folder, port, "embedded") as app:
        secrets = set()
        whole_journey(check, app, secrets)
        programs(check, app)
        forms(check, app)
        callbacks.run(check, app, secrets)
        returnto.run(check, app)
        with check("the log of all this holds no code, token, cookie or state"):
            log = "\n".join(line for line in app.log.splitlines() if not line.startswith("accounts: "))
            journeys.expect_clean(log, secrets | set(app.accounts.values()), "the log")
        with check("SIGTERM ends the quickstart with code 0"):
            app.stop()
    for store in ("file", "sqlite"):
        crashes.run(check, folder, port, store)
    faults.run(check, folder, port)
    settings(check, folder, port)


def whole_journey(check, app, secrets):
    with check("embedded: a login ends on the profile with the ID token's claims"):
        browser, page = journeys.log_in_here(app)
        expect_equal(page.url, app.url + "/profile", "the address")
        claims = journeys.expect_profile(page)
        expect_equal(claims["iss"], app.authorization_server, "iss")
        steps = page.attributes_starting("data-step")
        expect_equal(sorted(steps, key=int), [str(n) for n in range(1, 11)], "the steps")
        for number in range(1, 9):
            expect_equal(steps[str(number)].get("class"), "done", f"step {number}")
    with check("embedded: the API answers the call, and the profile then shows ten finished steps"):
        page = browser.open(app.url + "/api-call")
        expect_equal((page.status, page.text_of("api-status")), (200, "200"), "status")
        expect_equal(json.loads(page.text_of("api-body"))["sub"], claims["sub"], "sub in the API's answer")
        steps = browser.open(app.url + "/profile").attributes_starting("data-step")
        expect_equal({e.get("class") for e in steps.values()}, {"done"}, "the steps")
    with check("embedded: tokens are refreshed, and the API still answers"):
        page = journeys.press(browser, browser.open(app.url + "/profile"), "refresh")
        expect_in("New tokens", page.text_of("notice"), "the notice")
        expect_equal(browser.open(app.url + "/api-call").text_of("api-status"), "200", "status of the API")
    with check("embedded: a wrong password is told on the login page, and the right one still works"):
        other = Browser()
        page = other.open(app.url + "/login")
        page = journeys.answer(other, page, "bob", "wrong-" + app.accounts["alice"])
        expect_in("do not match", page.text_of("error"), "the error")
        _, page = journeys.log_in(app, "bob", app.accounts["bob"], browser=other)
        journeys.expect_profile(page)
        secrets |= journeys.secrets_of(other)
    with check("embedded: logout ends on the home page, and the old cookie is worth nothing"):
        stale = browser.copy()
        page = journeys.press(browser, browser.open(app.url + "/profile"), "logout")
        expect_equal(page.url.rstrip("/"), app.url, "the address")
        journeys.expect_no_session(app, browser)
        journeys.expect_no_session(app, stale)
        secrets |= journeys.secrets_of(browser)
    with check("embedded: refusing the access ends on a page for the user, without a session"):
        browser, page = refuse_as_stranger(app)
        journeys.expect_page(page, 403, turn="user")
        expect(page.by_id("retry") is not None, "no way to try again")
        journeys.expect_no_session(app, browser)


def refuse_as_stranger(app):
    """An account that has not allowed the access yet is asked. Where all have, `prompt=consent` asks again."""
    browser = Browser()
    page = browser.open(app.url + "/login", stop_at=lambda url: url.startswith(app.authorization_server + "/authorize"))
    page = browser.open(page + "&prompt=consent")
    if page.all("form", id="login"):
        page = journeys.answer(browser, page, "bob", app.accounts["bob"])
    return browser, journeys.decide(browser, page, False)


def programs(check, app):
    with check("a JSON client gets 401 and the address of the login"):
        for path in ("/profile", "/api-call"):
            page = Browser(JSON).send(app.url + path)
            expect_equal(page.status, 401, f"status of {path}")
            expect_in("json", page.headers["Content-Type"], "content type")
            expect_equal(page.json()["login"], "/login", "login")
    with check("a JSON client with a session gets claims and API data as JSON"):
        browser, _ = journeys.log_in_here(app)
        browser.accept = JSON
        profile = browser.send(app.url + "/profile").json()
        expect_equal(profile["claims"]["sub"], profile["sub"], "sub")
        call = browser.send(app.url + "/api-call").json()
        expect_equal((call["status"], call["body"]["sub"]), (200, profile["sub"]), "the API's answer")
        token = {"csrf_token": profile["csrfToken"]}
        expect_equal(browser.send(app.url + "/refresh", token).json()["outcome"], "done", "outcome")
    with check("a prefetch of the login starts nothing"):
        page = Browser().send(app.url + "/login", headers={"Sec-Purpose": "prefetch"})
        expect(page.status != 303 and not page.headers.get("Set-Cookie"), f"status {page.status}")


def settings(check, folder, port):
    other = {"LOGIN_ISSUER": "http://127.0.0.1:1", "LOGIN_CLIENT_ID": "web"}
    with check("another provider without a secret is told as a fault of the secret"):
        app = Quickstart(folder, port, "partial", **other).spawn()
        expect_equal(app.wait(), 2, "the exit code")
        expect_in("LOGIN_CLIENT_SECRET: it is not set, though others", app.log, "the log")
    with check("a client that needs no secret is not told to set one when another setting is at fault"):
        app = Quickstart(folder, port, "keyed", LOGIN_CLIENT_AUTH="none", LOGIN_PAR="yes", **other).spawn()
        expect_equal(app.wait(), 2, "the exit code")
        expect_in("LOGIN_PAR", app.log, "the log")
        expect("LOGIN_CLIENT_SECRET" not in app.log, f"the log speaks of a secret: {app.log!r}")


def forms(check, app):
    browser, profile = journeys.log_in_here(app)
    with check("POST /refresh and /logout without the CSRF token, or with a foreign one, get 403"):
        _, other = journeys.log_in_here(app, "bob")
        foreign = next(e.get("value") for e in other.elements if e.get("name") == "csrf_token")
        for path in ("/refresh", "/logout"):
            for form in ([], [("csrf_token", "")], [("csrf_token", foreign)]):
                journeys.expect_page(browser.send(app.url + path, form), 403, "csrf_token_refused")
        journeys.expect_profile(browser.open(app.url + "/profile"))
    with check("GET /logout asks first, and its button logs out"):
        page = browser.open(app.url + "/logout")
        expect_equal(page.status, 200, "status")
        journeys.expect_profile(browser.open(app.url + "/profile"))
        journeys.press(browser, page, "logout")
        journeys.expect_no_session(app, browser)
    with check("GET /refresh does nothing"):
        expect(Browser().send(app.url + "/refresh").status in (303, 404, 405), "it answers")
