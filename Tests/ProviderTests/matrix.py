"""The journeys of users at each provider by another author: one function per journey, one thread per provider.

expected.json holds the expected results: for each provider and journey what it `says` to readers, and the differences
between providers. It also names what a provider cannot do; the tests then check what happens instead.
"""

import json
import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin

import breadth
import journeys
import providers
import record
from agent import Browser, origin
from checks import expect, expect_equal, expect_in
from providers.provider import ODD_SECRET
from quickstart import Quickstart, free_ports

HERE = os.path.dirname(os.path.abspath(__file__))
JSON = {"Accept": "application/json"}
AT_ONCE = 3
WRONG_SECRET = "canary-wrong-secret-4711"

with open(os.path.join(HERE, "expected.json"), encoding="utf-8") as file:
    EXPECTED = json.load(file)


def run(check, folder, _):
    wanted = os.environ.get("PROVIDERS", "").split()
    chosen = [each for each in providers.ALL if not wanted or each.name in wanted]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        rows = dict(pool.map(lambda kind: (kind, Row(check, folder, kind).run()), chosen))
    cells = [holds for row in rows.values() for holds in row.values()]
    print(f"matrix: {len(chosen)} providers, {len(JOURNEYS)} journeys, {sum(cells)} of {len(cells)} cells hold")
    expect_equal(len(cells), len(chosen) * len(JOURNEYS), "the number of cells")
    if os.environ.get("RECORD"):
        record.write("matrix", table(rows))


def table(rows):
    kinds = sorted(rows, key=lambda kind: kind.name)
    lines = ["| | " + " | ".join(kind.software for kind in kinds) + " |", "|---" * (len(kinds) + 1) + "|"]
    for name in JOURNEYS:
        cells = [(EXPECTED[kind.name][name]["says"], rows[kind][name]) for kind in kinds]
        texts = [says if holds else f"**not so in this run:** {says}" for says, holds in cells]
        lines.append(f"| {name} | " + " | ".join(texts) + " |")
    return "\n".join(lines) + "\n"


class Row:
    """One provider and all journeys there."""

    def __init__(self, check, folder, kind):
        self.check, self.kind = check, kind
        self.folder = os.path.join(folder, kind.name)
        os.mkdir(self.folder)
        self.port = free_ports(4)
        self.secrets = {WRONG_SECRET, ODD_SECRET}
        self.provider = self.app = self.browser = None

    def run(self):
        cells = {}
        try:
            with self.check(f"{self.kind.name}: it starts"):
                self.provider = self.kind(self.folder, self.port + 3, f"http://localhost:{self.port}")
                self.secrets |= {self.provider.client_secret, *self.provider.users.values()}
                self.provider.start()
                self.app = self.application()
                self.app.start()
            for name, journey in JOURNEYS.items():
                cell = EXPECTED[self.kind.name][name]
                with self.check(f"{self.kind.name}: {name}: {cell['says']}") as result:
                    journey(self, cell)
                cells[name] = result.passed
        finally:
            for each in (self.app, self.provider):
                if each is not None and each.process is not None and each.process.poll() is None:
                    each.stop()
        with self.check(f"{self.kind.name}: the logs hold no secret, code, token, cookie or password"):
            for name in os.listdir(self.folder):
                if name.endswith(".log"):
                    with open(os.path.join(self.folder, name), encoding="utf-8") as log:
                        journeys.expect_clean(log.read(), self.secrets, name)
        return cells

    def application(self, **settings):
        trio = {
            "LOGIN_ISSUER": self.provider.issuer, "LOGIN_CLIENT_ID": self.provider.client_id,
            "LOGIN_CLIENT_SECRET": self.provider.client_secret,
        }
        wanted = {name: value for name, value in {**trio, **settings}.items() if value is not None}
        return Quickstart(self.folder, self.port, "app", **wanted)

    def restart_app(self, **settings):
        """Addresses of the app are registered at the provider, so one app takes the other's place."""
        self.app.stop()
        self.app = self.application(**settings)
        self.app.start()

    def log_in(self, user="alice", allowed=True, stop_at=None):
        browser = Browser()
        page = browser.open(self.app.url + "/login?returnTo=/profile", stop_at=stop_at)
        page = self.go_on(browser, page, user, allowed, stop_at)
        self.secrets |= journeys.secrets_of(browser)
        return browser, page

    def go_on(self, browser, page, user="alice", allowed=True, stop_at=None):
        """Through whatever pages the provider shows, back to the app."""
        for _ in range(6):
            posted = None if isinstance(page, str) else self.response_in(page)
            if posted is not None:
                page = browser.submit(page, posted, stop_at=stop_at)
                continue
            if isinstance(page, str) or origin(page.url) == self.app.url:
                return page
            page = self.provider.answer(browser, page, user, allowed, stop_at)
        raise AssertionError(f"it does not end: {page.url}")

    def response_in(self, page):
        """The form that a browser would post to the callback by script, the provider's or the app's own."""
        callback = self.app.url + "/callback"
        forms = page.all("form", method="post")
        return next((form for form in forms if urljoin(page.url, form.get("action") or "?") == callback), None)

    def expect_refusal_before_leaving(self, member, variable):
        """The provider's metadata shows that it cannot work, so nobody is sent there; the log names the setting."""
        browser, page = self.log_in()
        journeys.expect_page(page, 500, "provider_demand_unmet", "operator")
        expect_equal([origin(url) for url, _, _ in browser.hops], [self.app.url], "the origins that were visited")
        expect_in(member, self.app.log, "the log")
        expect_in(variable, self.app.log, "the log")

    def expect_login(self):
        browser, page = self.log_in()
        journeys.expect_profile(page)
        return browser

    def refresh(self, browser):
        """The outcome in the app's word."""
        if self.provider.counts_refresh_as_login:
            # In the second of the login the two times are equal.
            time.sleep(1.1)
        profile = browser.send(self.app.url + "/profile", headers=JSON).json()
        token = {"csrf_token": profile["csrfToken"]}
        return browser.send(self.app.url + "/refresh", token, {**JSON, "Origin": self.app.url}).json()["outcome"]

    def api(self, browser):
        page = browser.send(self.app.url + "/api-call", headers=JSON)
        code = page.json().get("code")
        return f"{page.status} {code}" if code else str(page.status)


def login(row, cell):
    row.browser, page = row.log_in()
    expect_equal(page.url, row.app.url + "/profile", "the address")
    claims = journeys.expect_profile(page)
    expect_equal(claims["iss"], row.provider.issuer, "iss")
    expect_equal((claims.get("name"), claims.get("email")), ("Alice Example", "alice@example.org"), "name and mail")
    expect_equal(row.app.log.count("refused"), 0, "refusals in the log")


def userinfo(row, cell):
    page = row.browser.open(row.app.url + "/api-call")
    expect_equal((page.status, page.text_of("api-status")), (200, "200"), "status")
    found = json.loads(page.text_of("api-body"))
    session = row.browser.send(row.app.url + "/profile", headers=JSON).json()
    expect_equal((found["sub"], found.get("name")), (session["sub"], "Alice Example"), "sub and name")


def refresh(row, cell):
    expect_equal(row.refresh(row.browser), cell.get("outcome", "done"), "the outcome")
    for pattern in cell.get("log", []):
        expect(re.search(pattern, row.app.log), f"the log lacks {pattern!r}: {row.app.log[-600:]!r}")
    if cell.get("outcome", "done") != "done":
        row.browser, page = row.log_in()
        journeys.expect_profile(page)
    expect_equal(row.api(row.browser), "200", "a call after it")


def logout(row, cell):
    page = journeys.press(row.browser, row.browser.open(row.app.url + "/profile"), "logout")
    asked = origin(page.url) != row.app.url
    expect_equal(asked, cell.get("asks", False), "whether the provider asks first")
    page = row.go_on(row.browser, page)
    expect_equal(page.url.rstrip("/"), row.app.url, "the address")
    journeys.expect_no_session(row.app, row.browser)
    again = row.browser.open(row.app.url + "/login", stop_at=journeys.at_callback(row.app))
    expect(not isinstance(again, str), "the provider still knows who it is")
    row.secrets |= journeys.secrets_of(row.browser)


def refusal(row, cell):
    browser, page = row.log_in("bob", allowed=False)
    if "claims" in cell:
        found = journeys.expect_profile(page)
        expect_equal({name for name in ("name", "email") if name in found}, set(cell["claims"]), "what was told")
        return
    journeys.expect_page(page, cell.get("status", 403), cell.get("code", "callback_provider_error"), "user")
    expect(page.by_id("retry") is not None, "no way to try again")
    journeys.expect_no_session(row.app, browser)
    expect_in(cell.get("error", "access_denied"), row.app.log, "the log")


def dead_refresh_token(row, cell):
    life = cell.get("access tokens live")
    if life:
        row.provider.let_access_tokens_live(life)
    browser, _ = row.log_in()
    row.provider.kill_refresh_tokens()
    if life:
        expect_equal(row.refresh(browser), "failed", "the outcome as long as the access token lives")
        time.sleep(life + 1)
        expect_equal(row.api(browser), "403 api_login_needed", "a call once the access token has ended")
        row.provider.let_access_tokens_live(3600)
    expect_equal(row.refresh(browser), "impossible", "the outcome")
    stays = browser.send(row.app.url + "/profile", headers=JSON).status == 200
    expect_equal(stays, cell["session"] == "stays", "whether the session stays")
    browser, page = row.log_in()
    journeys.expect_profile(page)
    if cell.get("again", "done"):
        expect_equal(row.refresh(browser), cell.get("again", "done"), "the outcome after a new login")


def key_rotation(row, cell):
    browser, _ = row.log_in()
    before = row.app.log.count("refused")
    row.provider.rotate()
    journeys.expect_profile(browser.open(row.app.url + "/profile"))
    _, page = row.log_in("bob")
    journeys.expect_profile(page)
    expect_equal(row.refresh(browser), cell.get("outcome", "done"), "the outcome of a refresh")
    if cell.get("outcome", "done") == "done":
        expect_equal(row.app.log.count("refused"), before, f"refusals in the log; {row.app.log[-400:]!r}")


def restart(row, cell):
    browser, _ = row.log_in()
    waiting, callback = row.log_in("bob", stop_at=journeys.at_callback(row.app))
    row.provider.stop()
    try:
        journeys.expect_profile(browser.open(row.app.url + "/profile"))
        expect_equal(row.api(browser), "503 api_away", "a call while it is away")
        journeys.expect_page(waiting.open(callback), 503, turn="wait")
        journeys.expect_no_session(row.app, waiting)
    finally:
        row.provider.start()
    expect_equal(row.api(browser), cell.get("api", "200"), "a call after it")
    page = waiting.open(callback)
    if cell.get("code", "survives") == "survives":
        journeys.expect_profile(page)
    else:
        journeys.expect_page(page, 400, turn="user")
    _, page = row.log_in()
    journeys.expect_profile(page)


def wrong_secret(row, cell):
    row.restart_app(LOGIN_CLIENT_SECRET=WRONG_SECRET)
    browser, page = row.log_in()
    journeys.expect_page(page, 502, turn="operator")
    journeys.expect_no_session(row.app, browser)
    expect(page.by_id("retry") is None, "the page invites to try again what cannot work")
    journeys.expect_clean(page.text, row.secrets | journeys.secrets_of(browser), "the page")
    expect_in(cell["error"], row.app.log, "the log")
    expect_in(page.text_of("reference"), row.app.log, "the log")


def odd_secret(row, cell):
    odd = {"LOGIN_CLIENT_ID": row.provider.odd_client_id, "LOGIN_CLIENT_SECRET": ODD_SECRET}
    if "one way" in cell:
        row.restart_app(**odd)
        journeys.expect_page(row.log_in()[1], 502, turn="operator")
        odd["LOGIN_CLIENT_AUTH"] = cell["one way"]
    row.restart_app(**odd)
    browser, page = row.log_in()
    journeys.expect_profile(page)
    expect_equal(row.refresh(browser), cell.get("outcome", "done"), "the outcome of a refresh")


def another_algorithm(row, cell):
    """Clients whose ID tokens the provider signs otherwise, where it can."""
    for name in row.provider.other_algorithms or ("ES256",):
        other = {"LOGIN_CLIENT_ID": row.provider.client_for(name), "LOGIN_ID_TOKEN_ALG": name}
        deviation = cell.get("deviations", {}).get(name)
        if deviation:
            row.restart_app(**other)
            journeys.expect_page(row.log_in()[1], 502, "id_token_refused", "operator")
            other["LOGIN_DEVIATIONS"] = deviation
        row.restart_app(**other)
        if row.provider.other_algorithms:
            journeys.expect_profile(row.log_in()[1])
        else:
            row.expect_refusal_before_leaving("id_token_signing_alg_values_supported", "LOGIN_ID_TOKEN_ALG")


def named_deviation(row, cell):
    """What a setting by name changes, with the odd secret in the Basic scheme or with a refresh."""
    settings = {"LOGIN_DEVIATIONS": cell["deviation"]}
    if cell["deviation"] == "unencoded-basic-secret":
        settings["LOGIN_CLIENT_AUTH"] = "client_secret_basic"
        settings.update(LOGIN_CLIENT_ID=row.provider.odd_client_id, LOGIN_CLIENT_SECRET=ODD_SECRET)
    row.restart_app(**settings)
    browser, page = row.log_in()
    if "error" in cell:
        journeys.expect_page(page, 502, turn="operator")
        expect_in(cell["error"], row.app.log, "the log")
        return
    journeys.expect_profile(page)
    expect_equal(row.refresh(browser), "done", "the outcome of a refresh")


JOURNEYS = {
    "login": login, "userinfo": userinfo, "refresh": refresh, "logout": logout, "refusal": refusal,
    "dead refresh token": dead_refresh_token, "key rotation": key_rotation, "restart": restart,
    "wrong secret": wrong_secret, "odd secret": odd_secret, "another algorithm": another_algorithm,
    "named deviation": named_deviation, **breadth.JOURNEYS,
}
