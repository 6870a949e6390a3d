"""The journeys of the matrix that each set one thing of client, request or response. Where a provider cannot do it, nobody
is sent there, or its answer is refused."""

import journeys
from agent import Browser, origin, query
from checks import expect_equal, expect_in

RESOURCES = ["https://api.example/", "https://other.example/"]


def private_key_jwt(row, cell):
    """Assertions signed with the app's own key, whose public half the app publishes."""
    settings = own_key(row, "private_key_jwt")
    for refused in cell.get("refused", []):
        row.restart_app(**settings, **refused)
        expect_refused_client(row, cell)
    if cell["works"]:
        row.restart_app(**settings, **cell.get("settings", {}))
        page = Browser().send(row.app.url + "/.well-known/login-client-jwks.json")
        expect_equal(page.json(), row.provider.client_jwks(), "the published keys")
        browser = row.expect_login()
        expect_equal(row.refresh(browser), cell.get("outcome", "done"), "the outcome of a refresh")
        # A provider that fetches the app's keys fetches these as well.
        if not cell.get("fetches keys"):
            row.restart_app(**{**settings, **cell.get("settings", {}), "LOGIN_CLIENT_KEY": row.provider.strange_key})
            expect_refused_client(row, cell)


def client_secret_jwt(row, cell):
    """Assertions with an HMAC by the secret, which no request holds."""
    name = "client_secret_jwt"
    settings = {"LOGIN_CLIENT_ID": row.provider.client_for(name), "LOGIN_CLIENT_AUTH": name}
    for refused in cell.get("refused", []):
        row.restart_app(**settings, **refused)
        expect_refused_client(row, cell)
    if cell["works"]:
        row.restart_app(**settings, **cell.get("settings", {}))
        expect_equal(row.refresh(row.expect_login()), "done", "the outcome of a refresh")


def own_key(row, method):
    return {
        "LOGIN_CLIENT_ID": row.provider.client_for(method), "LOGIN_CLIENT_AUTH": method, "LOGIN_CLIENT_SECRET": None,
        "LOGIN_CLIENT_KEY": row.provider.client_key,
    }


def expect_refused_client(row, cell):
    browser, page = row.log_in()
    journeys.expect_page(page, 502, turn="operator")
    journeys.expect_no_session(row.app, browser)
    expect_in(cell["error"], row.app.log, "the log")


def pushed_request(row, cell):
    row.restart_app(LOGIN_PAR="on")
    if not cell["works"]:
        row.expect_refusal_before_leaving("pushed_authorization_request_endpoint", "LOGIN_PAR")
        return
    expect_carried(row, "client_id", "request_uri")


def signed_request(row, cell):
    """The request as a JWT, signed with the app's own key: with a signed response, pushed, and all together."""
    settings = {"LOGIN_JAR": "on", "LOGIN_CLIENT_KEY": row.provider.client_key}
    if not cell["works"]:
        row.restart_app(**settings)
        row.expect_refusal_before_leaving("request_parameter_supported", "LOGIN_JAR")
        return
    settings |= own_key(row, "private_key_jwt") | {"LOGIN_CLIENT_ASSERTION_AUDIENCE": "endpoint"}
    signed = {"LOGIN_RESPONSE_MODE": "form_post.jwt"}
    row.restart_app(**settings, **(signed if cell.get("response") else {}))
    expect_carried(row, "client_id", "request", "response_type", "scope")
    if cell.get("pushed"):
        row.restart_app(**settings, LOGIN_PAR="on")
        expect_carried(row, "client_id", "request_uri")
    if "together" in cell:
        row.restart_app(**settings, **signed, LOGIN_PAR="on")
        journeys.expect_page(row.log_in()[1], 400, cell["together"], "user")


def expect_carried(row, *names):
    """A login works, and the browser carries no parameters to the provider but these."""
    browser = row.expect_login()
    url = next(url for url, _, _ in browser.hops if origin(url) != row.app.url)
    expect_equal(set(query(url)), set(names), "what the browser carried")


def form_post(row, cell):
    row.restart_app(LOGIN_RESPONSE_MODE="form_post")
    browser, page = row.log_in()
    if "code" in cell:
        journeys.expect_page(page, cell["status"], cell["code"])
        journeys.expect_no_session(row.app, browser)
        expect_in(cell["log"], row.app.log, "the log")
        return
    journeys.expect_profile(page)
    in_query = any(journeys.at_callback(row.app)(url) for url, _, _ in browser.hops)
    expect_equal(in_query, cell["answers"] == "query", "whether the response came in the query")
    expect_equal("query where form_post was asked for" in row.app.log, in_query, "whether the log tells of it")


def signed_response(row, cell):
    for mode in ("query.jwt", "form_post.jwt"):
        row.restart_app(LOGIN_RESPONSE_MODE=mode)
        if cell["works"]:
            row.expect_login()
            expect_in(cell["log"], row.app.log, "the log")
        elif cell["lists modes"]:
            row.expect_refusal_before_leaving("response_modes_supported", "LOGIN_RESPONSE_MODE")
        else:
            browser, page = row.log_in()
            journeys.expect_page(page, 400, "callback_unsigned", "user")
            journeys.expect_no_session(row.app, browser)


def max_age(row, cell):
    row.restart_app(LOGIN_MAX_AGE="3600")
    browser, page = row.log_in()
    if cell["works"]:
        journeys.expect_profile(page)
        return
    journeys.expect_page(page, 502, turn="operator")
    journeys.expect_no_session(row.app, browser)
    expect_in(cell["log"], row.app.log, "the log")


def acr(row, cell):
    row.restart_app(LOGIN_ACR="urn:example:gold urn:example:silver")
    browser, page = row.log_in()
    journeys.expect_page(page, 502, turn="operator")
    journeys.expect_no_session(row.app, browser)
    expect_in("acr", row.app.log, "the log")


def resource(row, cell):
    if "refused" in cell:
        row.restart_app(LOGIN_RESOURCE=" ".join(cell["refused"]))
        journeys.expect_page(row.log_in()[1], 502, turn="operator")
        expect_in("answered invalid_target", row.app.log, "the log")
    named = cell.get("resources", RESOURCES)
    row.restart_app(LOGIN_RESOURCE=" ".join(named))
    browser = row.expect_login()
    at_login = cell.get("bound") and row.provider.resources_of_tokens()[-1]
    expect_equal(row.refresh(browser), cell.get("outcome", "done"), "the outcome of a refresh")
    if cell.get("bound"):
        found = [at_login, row.provider.resources_of_tokens()[-1]]
        expect_equal(found, [named, named], "what the access tokens of login and refresh are for")


JOURNEYS = {
    "private_key_jwt": private_key_jwt, "client_secret_jwt": client_secret_jwt, "pushed request": pushed_request,
    "signed request": signed_request, "form_post": form_post, "signed response": signed_response, "max_age": max_age,
    "acr": acr, "resource": resource,
}
