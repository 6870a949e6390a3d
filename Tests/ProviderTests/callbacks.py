"""Callbacks that come twice, late, forged, or in the wrong browser."""

import threading
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

import journeys
from agent import Browser, query
from checks import expect, expect_equal, expect_in


def run(check, app, secrets):
    with check("20 callbacks of one login at once make one session, and every one is served"):
        browser, address = journeys.log_in_here(app, stop_at=journeys.at_callback(app))
        gate = threading.Barrier(20)

        def call(_):
            mine = browser.copy()
            gate.wait()
            return mine, mine.send(address)

        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(call, range(20)))
        expect_equal({(p.status, p.location) for _, p in answers}, {(303, "/profile")}, "the answers")
        profiles = [b.open(app.url + "/profile") for b, _ in answers]
        tokens = {next(e.get("value") for e in p.elements if e.get("name") == "csrf_token") for p in profiles}
        expect_equal(len(tokens), 1, "the number of sessions")
        expect_equal(len({b.cookies["localhost"][session_cookie(app)] for b, _ in answers}), 1, "session cookies")
        secrets |= journeys.secrets_of(browser)
    forged = "code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkjaf0ifjsldkjaf0ifjsldkjaf0ifjsldkj"
    faults = {
        "without a state": "code=SplxlOBeZQQYbYS6WxSbIA",
        "without anything": "",
        "with a forged state": forged,
        "with state twice": forged + "&state=other",
        "with code twice": forged + "&code=other",
        "with code and error": forged + "&error=access_denied",
        "with broken percent-encoding": "code=%zz&state=%",
        "with ten thousand parameters": "&".join(f"a{n}=1" for n in range(10_000)),
        "with markup in the error": "error=%3Cscript%3Ealert(1)%3C/script%3E&error_description=%3Cb%3E&state=x",
    }
    for name, parameters in faults.items():
        with check(f"a callback {name} gets a page and no session"):
            browser = Browser()
            page = browser.send(f"{app.url}/callback?{parameters}")
            journeys.expect_page(page, 400, turn="user")
            expect("<script" not in page.text, "markup of the query is in the page")
            journeys.expect_no_session(app, browser)
    with check("a callback in another browser gets a page; the one that began the login can still finish it"):
        browser, address = journeys.log_in_here(app, stop_at=journeys.at_callback(app))
        stranger = Browser()
        journeys.expect_page(stranger.send(address), 400, "callback_unknown_login", "user")
        journeys.expect_no_session(app, stranger)
        journeys.expect_profile(browser.open(address))
    with check("a callback replayed after the logout gets a page and no session"):
        journeys.press(browser, browser.open(app.url + "/profile"), "logout")
        journeys.expect_page(browser.send(address), 400, turn="user")
        journeys.expect_no_session(app, browser)
    with check("a code of another login is refused, and no session begins"):
        victim, theirs = journeys.log_in_here(app, stop_at=journeys.at_callback(app))
        browser, mine = journeys.log_in_here(app, "bob", stop_at=journeys.at_callback(app))
        page = browser.open(mine.replace(query(mine)["code"], query(theirs)["code"]))
        journeys.expect_page(page, 400)
        journeys.expect_no_session(app, browser)
        secrets |= journeys.secrets_of(victim) | journeys.secrets_of(browser)
    with check("a callback that names another issuer is refused (RFC 9207)"):
        browser, address = journeys.log_in_here(app, stop_at=journeys.at_callback(app))
        own = urllib.parse.quote(app.authorization_server, safe="")
        expect_in("iss=", address, "the callback")
        wrong = address.replace(own, urllib.parse.quote("https://evil.example", safe="")).replace(
            "iss=" + app.authorization_server, "iss=https://evil.example")
        expect(wrong != address, "the issuer was not replaced")
        page = browser.send(wrong)
        expect(page.status >= 400, f"status {page.status}")
        journeys.expect_no_session(app, browser)


def session_cookie(app):
    return f"session-{app.port}"
