"""One person who logs in through the quickstart at a fake provider, and what came of it."""

import time

import journeys
from agent import Browser, origin
from checks import expect, expect_equal

JSON = {"Accept": "application/json"}
STEPS = [["profile", "200"], ["api", "200"], ["refresh", "done"]]


class Visit:
    def __init__(self, app, provider):
        self.app, self.provider = app, provider
        self.browser = Browser()
        self.profile = {}
        self.steps = {
            "profile": self._profile, "api": self._api, "refresh": self._refresh, "logout": self._logout,
            "login": self._log_in_again,
        }

    def log_in(self):
        """The page where the login ends, and its place: `login`, `callback` or `profile`."""
        page = self.browser.open(self.app.url + "/login?returnTo=/profile")
        form = next(iter(page.all("form", id="answer")), None)
        if form is not None:
            page = self.browser.submit(page, form, "Go on")
        expect_equal(origin(page.url), self.app.url, "the origin where the login ends")
        return page, page.url[len(self.app.url) + 1:].partition("?")[0]

    def take(self, name, wanted):
        """One step. `wanted` is what it gives, or a list of what it may give: a status, and a code behind it."""
        if name == "wait":
            return time.sleep(wanted)
        found = self.steps[name]()
        accepted = wanted if isinstance(wanted, list) else [wanted]
        return expect(found in accepted or found.split(" ")[0] in accepted, f"{name} gives {found!r}, not {wanted!r}")

    def _log_in_again(self):
        return "/" + self.log_in()[1]

    def _profile(self):
        page = self.browser.send(self.app.url + "/profile", headers=JSON)
        self.profile = page.json()
        return self._words(page)

    def _api(self):
        return self._words(self.browser.send(self.app.url + "/api-call", headers=JSON))

    def _refresh(self):
        return self._post("/refresh", JSON).json().get("outcome", "?")

    def _logout(self):
        page = self._post("/logout", {})
        return page.location if page.status == 303 else str(page.status)

    def _post(self, path, headers):
        token = {"csrf_token": self.profile.get("csrfToken", "")}
        return self.browser.send(self.app.url + path, token, {**headers, "Origin": self.app.url})

    @staticmethod
    def _words(page):
        code = page.json().get("code")
        return f"{page.status} {code}" if code else str(page.status)


def expect_refusal(page, wanted, log):
    """A page that a person understands, with a reference that finds the line in the log."""
    statuses = wanted["status"] if isinstance(wanted["status"], list) else [wanted["status"]]
    expect(page.status in statuses, f"status {page.status}, not {wanted['status']}: {page.text[:200]!r}")
    journeys.expect_page(page, page.status, wanted.get("code"), wanted.get("turn"))
    for words in wanted.get("not_page", []):
        expect(words not in page.text, f"the page says {words!r}")
    expect(page.text_of("reference") in log, "the log lacks the reference that the page shows")
    way_on = page.by_id("retry") is not None
    expect_equal(way_on, wanted.get("turn") != "operator", "whether the page offers to try again")
