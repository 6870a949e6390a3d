"""One login through the built quickstart, from its start page to the logout."""

import sys
import tempfile

import journeys
from checks import Checks, expect_equal
from quickstart import Quickstart, stop_all


def main():
    check = Checks()
    try:
        with tempfile.TemporaryDirectory(prefix="login-flow-") as folder, Quickstart(folder) as app:
            with check("a login ends on the profile with the ID token's claims"):
                browser, page = journeys.log_in_here(app)
                claims = journeys.expect_profile(page)
                expect_equal(claims["iss"], app.authorization_server, "iss")
            with check("the API answers, and still does with refreshed tokens"):
                expect_equal(browser.open(app.url + "/api-call").text_of("api-status"), "200", "status of the API")
                journeys.press(browser, browser.open(app.url + "/profile"), "refresh")
                expect_equal(browser.open(app.url + "/api-call").text_of("api-status"), "200", "status of the API")
            with check("a logout ends the session"):
                journeys.press(browser, browser.open(app.url + "/profile"), "logout")
                journeys.expect_no_session(app, browser)
    finally:
        stop_all()
    return check.summary()


sys.exit(main())
