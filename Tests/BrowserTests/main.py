"""The quickstart in a real browser: first without JavaScript as a person clicks, then measured page by page."""

import json
import os
import shutil
import signal
import sys
import tempfile

import agent
from checks import Checks, expect, expect_equal, expect_in
from chromium import Chromium
from quickstart import Quickstart, stop_all

ARTIFACTS = os.environ["ARTIFACTS"]
NARROW = 360
# What the profile makes of the browsers that people and programs say they are.
USER_AGENTS = {
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0": "Firefox on Linux",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 "
    "Mobile/15E148 Safari/604.1": "Safari on iPhone",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 "
    "Edg/142.0.0.0": "Edge on Windows",
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36":
        "Chrome on Android",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15":
        "Safari on Mac",
    "<script>x</script><b>" + "y" * 300: "Unknown browser “<script>x</script><b>yyyyyyyyyyyyyyyyyyy…”",
    "short": "Unknown browser “short”",
    "": "Unknown browser",
}


def main():
    # An exception runs the `finally` blocks, which end browser and servers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    check = Checks()
    shutil.rmtree(ARTIFACTS, ignore_errors=True)
    os.makedirs(ARTIFACTS)
    folder = tempfile.mkdtemp(prefix="login-flow-")
    try:
        with check("the browser tests ran to their end"):
            with Quickstart(folder) as app:
                expect_missing_pages(check, app)
                with Chromium(javascript=False) as browser:
                    click_through(check, browser, app)
                with Chromium(javascript=True) as browser:
                    measure(check, browser, app)
    finally:
        stop_all()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"screenshots are in {ARTIFACTS}")
    return check.summary()


def click_through(check, browser, app):
    with check("JavaScript is off"):
        browser.open("data:text/html,<title>off</title><script>document.title='on'</script>")
        expect_equal(browser.driver.title, "off", "title")
    with check("a click on Log in leads to the authorization server's login page"):
        browser.open(app.url)
        browser.click("#login")
        expect(browser.url.startswith(app.authorization_server + "/"), f"the address is {browser.url}")
        expect(browser.one("#password").is_displayed(), "no password field")
    with check("a wrong password is told in words"):
        sign_in(browser, "alice", "not the password")
        expect_in("do not match", browser.one("#error").text, "the error")
    with check("the right one leads to the consent page"):
        sign_in(browser, "alice", app.accounts["alice"])
        expect_in("alice", browser.text, "the consent page")
    with check("allowing the access leads to the profile"):
        browser.click("#allow")
        expect_equal(browser.url, app.url + "/profile", "the address")
    with check("the profile begins with name and mail address, and folds the claims"):
        expect_equal(browser.headings(), ["Alice Liddell"], "heading")
        expect_equal(browser.one("#email").text, "alice@example.com", "mail address")
        cards = [e.get_attribute("aria-labelledby") or e.tag_name for e in browser.all("main > .card")]
        expect_equal(cards[:2], ["div", "sequence-title"], "the first cards")
        expect(not browser.one("#claims").is_displayed(), "the claims are open")
        browser.one("details:has(#claims) > summary").click()
        expect(browser.one("#claims").is_displayed(), "the claims stay folded")
    with check("the parameters of a step open and fold"):
        summary, list_ = browser.one("#step-2 summary"), browser.one("#step-2 dl")
        expect(not list_.is_displayed(), "the parameters are open")
        summary.click()
        expect_in("code_challenge", list_.text, "the parameters")
        summary.click()
        expect(not list_.is_displayed(), "the parameters stay open")
    with check("the profile shows the claims"):
        claims = {e.get_attribute("data-claim"): e.text for e in browser.all("#claims dd[data-claim]")}
        expect_equal(claims.get("iss"), app.authorization_server, "iss")
        expect_equal(claims.get("sub"), browser.one("#subject").text, "sub")
        expect("nonce" not in claims or len(claims["nonce"]) > 0, "an empty nonce")
    with check("the profile shows ten labelled steps, the first eight done"):
        expect_steps(browser, done=8)
    with check("the API answers the call with 200 and JSON"):
        browser.click("#api-call")
        expect_equal(browser.one("#api-status").text, "200", "status")
        expect_equal(json.loads(browser.one("#api-body").text)["sub"], claims["sub"], "sub")
    with check("the API's page leads to the steps 9 and 10"):
        browser.click("#steps")
        expect_equal(browser.url, app.url + "/profile#step-9", "the address")
        expect_equal(len(browser.all("#step-9:target")), 1, "steps at that address")
    with check("after the call all ten steps are done"):
        browser.click("#api-call")
        browser.click("#profile")
        expect_steps(browser, done=10)
    with check("the tokens can be refreshed"):
        browser.click("#refresh")
        expect_in("New tokens", browser.one("#notice").text, "the notice")
    with check("the profile lists a login elsewhere, and a button ends it"):
        elsewhere = log_in_elsewhere(app, "alice")
        browser.click("header a[href='/profile']")
        expect_in("end-to-end", browser.one("#sessions").text, "the list")
        expect_equal(len(browser.all("#sessions form")), 1, "buttons, none for this browser")
        browser.click("#sessions form button")
        expect("end-to-end" not in browser.one("#sessions").text, "the session is still listed")
        expect_equal(elsewhere.send(app.url + "/profile").status, 303, "the ended session's profile")
    with check("the profile names browsers in words, and bounds what it does not know"):
        for agent_text in USER_AGENTS:
            log_in_elsewhere(app, "alice", agent_text)
        browser.click("header a[href='/profile']")
        expect_equal(browser.one("#sessions strong").text, "Chrome on Linux", "this browser")
        found = [e.text for e in browser.all("#sessions strong")[1:]]
        expect_equal(sorted(found), sorted(USER_AGENTS.values()), "the names")
        expect_equal(browser.all("#sessions script, #sessions b"), [], "elements that a User-Agent made")
        expect_equal({e.text.split(" · ")[1].split("\n")[0] for e in browser.all("#sessions li")}, {"now"}, "times")
        browser.click("#end-others")
    with check("one button ends all others"):
        others = [log_in_elsewhere(app, "alice") for _ in range(2)]
        browser.click("header a[href='/profile']")
        browser.click("#end-others")
        expect_equal(len(browser.all("#sessions li")), 1, "sessions")
        for other in others:
            expect_equal(other.send(app.url + "/profile").status, 303, "an ended session's profile")
    with check("a forged button ends nothing"):
        other = log_in_elsewhere(app, "alice")
        for form in [{}, {"csrf_token": "x"}]:
            expect_equal(other.send(app.url + "/sessions/end-others", form).status, 403, "status")
        browser.click("header a[href='/profile']")
        expect_equal(len(browser.all("#sessions li")), 2, "sessions")
        browser.click("#end-others")
    with check("the link to the logout asks first"):
        browser.click("header a[href='/logout']")
        expect_in("Log out?", browser.headings()[0], "heading")
    with check("logging out leads home, logged out"):
        browser.click("#logout")
        expect_equal(browser.url.rstrip("/"), app.url, "the address")
        expect(browser.one("#login").is_displayed(), "no way to log in")
        browser.open(app.url + "/profile")
        expect(browser.url.startswith(app.authorization_server), "the profile is still open to this browser")
    log_in_otherwise(check, browser, app)
    with check("refusing the access leads to a page that says what to do"):
        deny(browser, app)
        expect_in("You can log in again", browser.one("#turn").text, "what comes next")
        expect_equal(browser.all(".bad, [role=alert]"), [], "alarms for a user who refused")
        expect(browser.one("#reference").text, "no reference")
        browser.click("#retry")
        expect(browser.url.startswith(app.authorization_server), f"trying again leads to {browser.url}")


def log_in_otherwise(check, browser, app):
    with check("a click on a test account fills in the form"):
        start_anew(browser, app)
        browser.click(".accounts a")
        expect_equal(browser.one("#username").get_attribute("value"), "alice", "user name")
        browser.click("#submit")
        expect_equal(browser.url, app.url + "/profile", "the address")
    with check("a code that the page shows in the place of a mail logs in"):
        start_anew(browser, app)
        browser.type("#email", "alice@example.com")
        browser.click("#send")
        code = browser.one("#login-code").text
        browser.type("#code", "no code")
        browser.click("#submit")
        expect_in("six digits", browser.one("#error").text, "the error")
        browser.type("#code", code)
        browser.click("#submit")
        expect_equal(browser.url, app.url + "/profile", "the address")
        expect_equal(browser.headings(), ["Alice Liddell"], "heading")
    with check("the test identity provider logs in, and a scope that the user leaves out is not granted"):
        start_anew(browser, app)
        browser.click("#use-provider")
        browser.click("button[value='bob']")
        browser.one("input[name='scope.email']").click()
        browser.click("#allow")
        expect_equal(browser.headings(), ["Bob Builder"], "heading")
        expect_equal(browser.all("#email"), [], "mail addresses")
        expect_equal(len(browser.all("dd[data-claim='idp']")), 1, "claims idp")


def start_anew(browser, app):
    browser.driver.delete_all_cookies()
    browser.open(app.url + "/login?returnTo=/profile")


def expect_missing_pages(check, app):
    """No address answers 404 with nothing: people get a page, programs get JSON."""
    api = f"http://localhost:{app.port + 2}"
    with check("an address without a page shows a page"):
        for method, url in [
            ("GET", app.url + "/nope"), ("POST", app.url + "/profile"),
            ("GET", app.url + "/sessions/end"), ("GET", app.url + "/%zz"), ("GET", app.url + "/favicon.ico"),
            ("GET", api + "/"), ("GET", api + "/nope"), ("POST", api + "/demo"),
        ]:
            page = agent.Browser().exchange(method, url)
            expect_equal(page.status, 404, f"status of {method} {url}")
            expect_equal(len(page.all("h1")), 1, f"headings of {method} {url}")
            expect(page.all("a", **{"class": "button"}), f"no way on from {method} {url}")
            expect_in("default-src 'none'; style-src 'self'", page.headers.get("Content-Security-Policy") or "", url)
    with check("a path of the flow that takes no such method shows a page"):
        page = agent.Browser().exchange("PUT", app.url + "/login")
        expect_equal((page.status, page.text_of("code")), (405, "method_refused"), "the answer")
    with check("an address without a page answers programs in JSON"):
        for url, kind in [(app.url + "/nope", "application/problem+json"), (api + "/nope", "application/json")]:
            page = agent.Browser("application/json").send(url)
            expect_equal((page.status, page.json()["status"]), (404, 404), f"status of {url}")
            expect_equal(page.headers.get("Content-Type"), kind, f"content type of {url}")
        expect_equal(agent.Browser("*/*").send(api + "/").json()["error"], "not_found", "what the API says by itself")


def expect_steps(browser, done):
    steps = browser.all("#sequence li[data-step]")
    expect_equal([e.get_attribute("data-step") for e in steps], [str(n) for n in range(1, 11)], "the steps")
    found = [e.get_attribute("class").split()[0] for e in steps]
    expect_equal(found, ["done"] * done + ["ahead"] * (10 - done), "what is done")
    for step in steps:
        expect(step.is_displayed() and len(step.text) > 12, f"step {step.get_attribute('data-step')} has no label")


def sign_in(browser, user, password):
    browser.type("#username", user)
    browser.type("#password", password)
    browser.click("#submit")


def log_in_elsewhere(app, user, user_agent="end-to-end"):
    """Another browser with a session of this user, who has allowed the access before."""
    other = agent.Browser(user_agent=user_agent)
    page = other.open(app.url + "/profile")
    page = other.submit(page, page.by_id("login"), "submit", username=user, password=app.accounts[user])
    expect_equal(page.url, app.url + "/profile", "the other browser's address")
    return other


def deny(browser, app):
    """Bob has not allowed all of it yet, so he is asked."""
    browser.driver.delete_all_cookies()
    browser.open(app.url + "/login")
    if browser.all("#password"):
        sign_in(browser, "bob", app.accounts["bob"])
    browser.click("#deny")


def measure(check, browser, app):
    """Walks through all pages and looks at each: light and dark, in a window and on a narrow screen."""
    browser.open(app.url)
    look_at(check, browser, "home")
    browser.open(app.url + "/nope")
    look_at(check, browser, "missing")
    browser.open(f"http://localhost:{app.port + 2}/")
    look_at(check, browser, "missing-api")
    browser.open(app.url)
    browser.click("#login")
    look_at(check, browser, "login")
    browser.click("#use-provider")
    look_at(check, browser, "login-provider")
    browser.click("#back")
    browser.type("#email", "bob@example.com")
    browser.click("#send")
    look_at(check, browser, "login-code")
    browser.type("#code", "no code")
    browser.click("#submit")
    look_at(check, browser, "login-code-refused")
    browser.click("#back")
    sign_in(browser, "bob", "wrong")
    look_at(check, browser, "login-refused")
    sign_in(browser, "bob", app.accounts["bob"])
    look_at(check, browser, "consent")
    browser.click("#deny")
    look_at(check, browser, "error-denied")
    browser.click("#retry")
    if browser.all("#password"):
        sign_in(browser, "bob", app.accounts["bob"])
    browser.click("#allow")
    browser.open(app.url + "/profile")
    look_at(check, browser, "profile-before-the-call")
    browser.click("#api-call")
    look_at(check, browser, "api")
    browser.click("#profile")
    log_in_elsewhere(app, "bob")
    browser.click("#refresh")
    look_at(check, browser, "profile")
    expect_diagram(check, browser)
    for summary in browser.all("summary"):
        summary.click()
    look_at(check, browser, "profile-unfolded")
    browser.open(app.url)
    look_at(check, browser, "home-logged-in")
    browser.open(app.url + "/logout")
    look_at(check, browser, "logout")
    browser.click("#logout")
    browser.open(app.url + "/logout")
    look_at(check, browser, "logged-out")
    browser.open(app.url + "/callback?code=a&state=b")
    look_at(check, browser, "error-unknown-login")


def expect_diagram(check, browser):
    """What is drawn: every arrow ends at lifelines and has a label that is seen, and no text covers a lifeline."""
    for width in (None, NARROW):
        browser.look(width)
        where = f"at {width or 1100} px"
        with check(f"every step of the diagram names its arrow and participants {where}"):
            for step in browser.all("#sequence li"):
                name, shown = step.get_attribute("id"), [e for e in step.find_elements("css selector", ".says")
                                                         if e.is_displayed() and e.text]
                expect_equal(len(shown), 1, f"visible labels of {name}")
                route = step.find_element("css selector", ".route")
                expect_equal(route.is_displayed(), width is not None, f"{name}: participants repeated")
        with check(f"no text covers a lifeline {where}"):
            expect_equal(browser.covered_lifelines(), [], "texts on a lifeline")
    browser.look()


def look_at(check, browser, name):
    for scheme in ("light", "dark"):
        for width in (None, NARROW):
            browser.look(width, scheme == "dark")
            browser.keep(os.path.join(ARTIFACTS, f"{name}-{scheme}{'-360' if width else ''}.png"))
            if width:
                with check(f"{name}, {scheme}: no horizontal scroll at {NARROW} px"):
                    wider, what = browser.overflow()
                    expect(wider <= 0, f"{wider} px too wide: {what}")
                with check(f"{name}, {scheme}: all buttons have one width at {NARROW} px"):
                    widths = {round(e.rect["width"]) for e in browser.all(".button, main button") if e.is_displayed()}
                    expect(len(widths) <= 1 or browser.is_at_login_server(), f"widths of buttons: {widths}")
            else:
                with check(f"{name}, {scheme}: contrast of all texts is at least 4.5 : 1"):
                    seen, weak = browser.weak_contrasts()
                    expect(seen >= 3, f"only {seen} texts were looked at")
                    expect(not weak, f"{len(weak)} of {seen}: {weak[:5]}")
    browser.look()


sys.exit(main())
