"""The same login at each example that is a site."""

import urllib.parse

import journeys
from agent import Browser, query
from checks import expect, expect_equal, expect_in
from programs import Person

people = []


def log_in(site, provider, start="/account", user="alice"):
    """Opens a page behind the login as a visitor, and comes back to it as a user."""
    person = Person()
    people.append(person)
    person, page = journeys.log_in(site, user, provider.accounts[user], browser=person, start=start)
    expect_equal((page.status, page.url), (200, site.url + start), "where the login ends")
    return person, page


def check_login(check, site, provider, start="/account", shows="Alice"):
    """A login, its cookie, and what is refused. Gives the person for more."""
    person = None
    with check(f"{site.name}: a visitor of {start} logs in and is back there"):
        person, page = log_in(site, provider, start)
        expect_in(shows, page.text, "the page behind the login")
    with check(f"{site.name}: the session's cookie is HttpOnly, SameSite=Lax and for the whole site"):
        session = next(line for line in person.lines if line.startswith("session-"))
        for attribute in ("HttpOnly", "SameSite=Lax", "Path=/"):
            expect_in(attribute, session, "the cookie")
    with check(f"{site.name}: a script without a session is told where the login is"):
        page = Browser(accept="application/json").send(site.url + start)
        expect_equal((page.status, page.headers["Content-Type"]), (401, "application/problem+json"), "the answer")
        expect_equal(page.json()["login"], "/login", "the address of the login")
    with check(f"{site.name}: a callback that no login of this browser expects is refused"):
        page = Browser().send(site.url + "/callback?code=abc&state=def")
        expect_equal(page.status, 400, "status")
        expect(not page.headers.get_all("Set-Cookie"), "a refused callback sets a cookie")
    with check(f"{site.name}: a form that is too long is refused"):
        page = Browser().exchange("POST", site.url + "/logout", "a" * 5000, "application/x-www-form-urlencoded")
        expect_equal(page.status, 413, "status")
    return person


def check_logout(check, site, person, start="/account"):
    """By the page that the flow itself shows for it."""
    with check(f"{site.name}: a logout needs the token of the session, and ends it"):
        expect_equal(person.send(site.url + "/logout", form={"csrf_token": "guessed"}).status, 403, "status without the token")
        expect_equal(person.send(site.url + start).status, 200, "status of the page after that")
        page = person.send(site.url + "/logout")
        person.submit(page, page.by_id("logout"))
        expect_equal(person.send(site.url + start).status, 303, "status of the page after the logout")


def check_stop(check, program):
    with check(f"{program.name}: SIGTERM ends it") as _:
        seconds = program.stop()
        expect(seconds < 10, f"it took {seconds:.1f} s")


def authorization_code(provider, client, redirect_uri, challenge, scope, audience):
    """Logs in at the provider without an app, and gives the code."""
    parameters = {
        "response_type": "code", "client_id": client, "redirect_uri": redirect_uri, "scope": scope, "state": "state-of-the-test",
        "audience": audience, "code_challenge": challenge, "code_challenge_method": "S256", "nonce": "nonce-of-the-test",
    }
    target = "/authorize?" + urllib.parse.urlencode(parameters)
    browser, at_callback = Browser(), lambda url: url.startswith(redirect_uri)
    page = browser.open(provider.url + target, stop_at=at_callback)
    while not isinstance(page, str):
        page = journeys.answer(browser, page, "alice", provider.accounts["alice"], stop_at=at_callback)
    return query(page)["code"]
