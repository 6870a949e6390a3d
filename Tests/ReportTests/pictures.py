"""Which pictures of users the profile shows. The address is the user's word: nothing may get into the page's policy by it."""

import re

from checks import expect, expect_equal
from fake_provider import CLIENT, SECRET, FakeProvider
from quickstart import Quickstart
from visit import Visit

HOST = "https://pictures.example"
SHOWN = {
    HOST + "/ada.png": HOST + "/ada.png",
    HOST + ":8443/a/b=s96-c?s=96&d='x;y,z": HOST + ":8443/a/b=s96-c",
    # Loopback, in development.
    "http://127.0.0.1:9/ada.png": "http://127.0.0.1:9/ada.png",
}
LEFT_OUT = [
    "", 7, ["https://pictures.example/ada.png"], "ada.png", "//pictures.example/ada.png", "data:image/png;base64,AAAA",
    "javascript:alert(1)", "http://pictures.example/ada.png", HOST, HOST + "/", HOST + "/folder/", HOST + "?ada.png",
    HOST + "/ada.png;script-src", HOST + "/ada.png; script-src *", HOST + "/ada.png,script-src", HOST + "/'self'",
    HOST + "/%3B.png", HOST + "/*", "https://*/ada.png", "https://[::1]/ada.png", "https://ada@pictures.example/ada.png",
    HOST + "/ada.png#x", HOST + '/ada.png" onerror="x', HOST + "/ada.png\nX: y", HOST + "/" + "a" * 1024,
]


def look(check, folder, port):
    case = {"id_token": {"claims": {}}}
    with FakeProvider(case, port + 3) as provider:
        settings = {"LOGIN_ISSUER": provider.issuer, "LOGIN_CLIENT_ID": CLIENT, "LOGIN_CLIENT_SECRET": SECRET}
        with Quickstart(folder, port, "pictures", **settings) as app:
            with check("pictures: the profile shows a picture whose address the policy can name, and allows no other"):
                for picture, source in SHOWN.items():
                    page = profile(app, provider, picture)
                    expect_equal([e.get("src") for e in page.all("img")], [picture], "pictures")
                    expect_equal(sources(page), [source], f"what the policy allows for {picture!r}")
            with check("pictures: any other address is left out, and the policy stays as it is without one"):
                for picture in LEFT_OUT:
                    page = profile(app, provider, picture)
                    expect_equal([e.get("src") for e in page.all("img")], [], f"pictures for {picture!r}")
                    expect_equal(policy(page), policy(app_page(app)), f"the policy for {picture!r}")


def profile(app, provider, picture):
    provider.case["id_token"]["claims"] = {"picture": picture}
    page, place = Visit(app, provider).log_in()
    expect_equal((place, page.status), ("profile", 200), f"where the login ends with {picture!r}")
    return page


def app_page(app):
    return Visit(app, None).browser.send(app.url + "/nope")


def policy(page):
    return page.headers.get_all("Content-Security-Policy")


def sources(page):
    """What the policy says of pictures; every other directive has to be as without a picture."""
    text, = policy(page)
    expect(not re.search(r"script|default-src (?!'none')", text), f"the policy {text!r}")
    directives = [part.split() for part in text.split(";")]
    expect_equal(len({d[0] for d in directives}), len(directives), "directives, each once,")
    return next((d[1:] for d in directives if d[0] == "img-src"), None)
