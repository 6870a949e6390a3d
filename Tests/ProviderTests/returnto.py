"""Where a login ends: never anywhere but at this app."""

import json
import os
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

import journeys
from agent import origin
from checks import expect, expect_equal

VECTORS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Vectors", "returnto", "returnto_cases.json")


def run(check, app):
    with open(VECTORS, encoding="utf-8") as file:
        cases = json.load(file)["cases"]
    # Logged in at the authorization server and with the access allowed, so that the login needs no page.
    browser, _ = journeys.log_in_here(app)
    ends = {}

    def end(case):
        value = urllib.parse.quote(case["value"].encode("utf-8", "surrogatepass"), safe="")
        mine = browser.copy()
        address = mine.open(f"{app.url}/login?returnTo={value}", stop_at=journeys.at_callback(app))
        for url, _, _ in mine.hops:
            expect(origin(url) in (app.url, app.authorization_server), f"on the way: {url}")
        if isinstance(address, str):
            return mine.send(address).location
        # The web server refuses request lines that are too long for it before the app sees them.
        expect(address.status in (400, 414, 431) and len(value) > 80_000, f"{address.status} instead of a login")
        return "/"

    with check(f"all {len(cases)} return-to values end on this origin"):
        with ThreadPoolExecutor(4) as pool:
            for case, location in zip(cases, pool.map(end, cases)):
                ends[case["value"]] = location
                expect(location and stays(location, app), f"{case['value'][:80]!r} leads to {location!r}")
    names = {"reject": "hostile return-to values end on the home page", "accept": "good return-to values are honoured"}
    for expected, name in names.items():
        with check(name):
            for case in cases:
                if case["expect"] == expected:
                    wanted = "/" if expected == "reject" else case["value"]
                    expect_equal(ends.get(case["value"]), wanted, f"the end of {case['value'][:80]!r}")
    with check("of two return-to values none is taken"):
        page = f"{app.url}/login?returnTo=/profile&returnTo=/a"
        address = browser.open(page, stop_at=journeys.at_callback(app))
        expect_equal(browser.send(address).location, "/", "the end")


def stays(location, app):
    """Whether a browser, with all its leniency about slashes and control characters, stays on the origin."""
    cleaned = "".join(c for c in location if c not in "\t\n\r").strip("".join(map(chr, range(33)))).replace("\\", "/")
    return origin(urllib.parse.urljoin(app.url + "/callback", cleaned)) == app.url and not cleaned.startswith("//")
