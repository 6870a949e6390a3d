"""What people do with the quickstart, at either authorization server, and what must never be read anywhere."""

import re
import urllib.parse

from agent import Browser, origin, query
from checks import expect, expect_equal, expect_in

PASSING = ("code", "state", "id_token_hint", "nonce", "code_challenge")
YES = re.compile(r"allow|authori[sz]e|approve|accept|grant|confirm|yes|log ?out|sign ?out", re.I)
NO = re.compile(r"deny|cancel|refuse|reject|decline|switch|\bno\b|forgot|reset", re.I)
JWT = re.compile(r"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+")


def log_in(app, user, password, browser=None, start="/login?returnTo=/profile", stop_at=None):
    """From the start page to the end of the login, through whatever login and consent pages come up."""
    browser = browser or Browser()
    page = browser.open(app.url + start, stop_at=stop_at)
    for _ in range(4):
        if isinstance(page, str) or origin(page.url) == app.url:
            return browser, page
        page = answer(browser, page, user, password, stop_at=stop_at)
    raise AssertionError(f"the login does not end: {page.url}")


def log_in_here(app, user="alice", **options):
    """At the embedded authorization server, whose accounts the quickstart prints."""
    return log_in(app, user, app.accounts[user], **options)


def answer(browser, page, user, password, allowed=True, stop_at=None):
    """What a person does on a page of an authorization server: types name and password, then allows or refuses."""
    for form in page.all("form"):
        fields = [e for e in page.elements if e.form is form and e.tag == "input" and e.get("name")]
        secret = next((e for e in fields if e.get("type") == "password"), None)
        name = next((e for e in fields if e.get("name").lower() in ("username", "login", "email")), None)
        visible = name is not None and name.get("type") in (None, "", "text", "email")
        if secret is None and not visible:
            continue
        typed = {name.get("name"): user} if visible else {}
        if secret is not None:
            typed[secret.get("name")] = password
        return browser.submit(page, form, forward(page, form), stop_at, **typed)
    return decide(browser, page, allowed, stop_at)


def forward(page, form):
    """The button that leads on."""
    return next((b for b in page.buttons(form) if not NO.search(words(b))), None)


def words(button):
    return " ".join([button.text, button.get("value") or "", button.get("name") or ""])


def decide(browser, page, allowed, stop_at=None):
    """Answers a consent page."""
    wanted = YES if allowed else NO
    for form in page.all("form"):
        for button in page.buttons(form):
            if wanted.search(words(button)) and (not allowed or not NO.search(words(button))):
                return browser.submit(page, form, button, stop_at)
    raise AssertionError(f"no login and no consent on {page.status} {page.url}: {page.text[:300]!r}")


def deny(app, user, password):
    """Logs in at the authorization server and then refuses the access."""
    browser = Browser()
    page = browser.open(app.url + "/login")
    if page.all("form", id="login"):
        page = answer(browser, page, user, password)
    return browser, decide(browser, page, False)


def at_callback(app):
    return lambda url: url.startswith(app.url + "/callback?")


def press(browser, page, identifier):
    """Presses the button with that id, in whatever form it stands."""
    button = page.by_id(identifier)
    expect(button is not None and button.form is not None, f"no button #{identifier} on {page.url}")
    return browser.submit(page, button.form, identifier)


def glimpse(page):
    """Which page it is, in few words."""
    code = page.by_id("code")
    where = page.url.partition("?")[0]
    return f"{where} ({code.text})" if code is not None else f"{where}: {page.text[:200]!r}"


def expect_page(page, status, code=None, turn=None):
    """An error page that a person understands."""
    expect_equal(page.status, status, f"status of {glimpse(page)}; it")
    expect_in("text/html", page.headers.get("Content-Type") or "", "content type")
    expect(len(page.text_of("reference")) >= 8, "the page has no reference")
    words = {"user": "You can", "operator": "The people who run", "wait": "Nothing is wrong on your side"}
    if turn:
        expect_in(words[turn], page.text_of("turn"), "who can act")
        alarms = page.all("div", role="alert")
        expect_equal(len(alarms), 1 if turn == "operator" else 0, "alarms; only an operator's problem is one. They")
    if code:
        expect_in(code, page.text_of("code"), "the code")
    expect("Stack" not in page.text and "Error(" not in page.text, "the page shows program text")


def expect_no_session(app, browser):
    page = browser.send(app.url + "/")
    expect(page.by_id("login") is not None, f"still logged in: {page.text[:200]!r}")
    expect_equal(browser.copy().send(app.url + "/profile").status, 303, "status of /profile without a session")


def expect_profile(page, subject=None):
    expect_equal(page.status, 200, f"status of {glimpse(page)}; it")
    claims = {name: e.text.strip() for name, e in page.attributes_starting("data-claim").items()}
    for name in ("iss", "sub", "aud", "exp", "iat"):
        expect(claims.get(name), f"the profile lacks the claim {name}: {sorted(claims)}")
    expect_equal(page.text_of("subject"), claims["sub"], "the subject shown")
    if subject:
        expect_equal(claims["sub"], subject, "sub")
    return claims


def secrets_of(browser):
    """What passed through a browser and must not be found in a log: codes, states, ID token hints, cookies."""
    found = set(browser.seen_cookies)
    for url, _, location in browser.hops:
        for address in (url, urllib.parse.urljoin(url, location or "")):
            values = query(address)
            found.update(values[name] for name in PASSING if name in values)
    return {value for value in found if len(value) >= 12}


def expect_clean(text, secrets, what):
    """None of the secrets, raw or percent-encoded, and nothing that looks like a JWT."""
    for secret in secrets:
        for form in (secret, urllib.parse.quote(secret, safe="")):
            place = text.find(form)
            expect(place < 0, f"{what} holds a secret that begins with {secret[:4]!r}, at octet {place}")
    match = JWT.search(text)
    expect(match is None, f"{what} holds a JWT at octet {match.start() if match else 0}")
