"""Settings that cannot work."""

import socket

import journeys
from checks import expect, expect_equal, expect_in
from quickstart import Quickstart


def run(check, folder, port):
    cases = {
        "a trio that is set in part": (
            {"LOGIN_ISSUER": "https://login.example"}, ["LOGIN_CLIENT_ID", "LOGIN_CLIENT_SECRET"]),
        "an http issuer elsewhere": (
            {"LOGIN_ISSUER": "http://login.example", "LOGIN_CLIENT_ID": "a", "LOGIN_CLIENT_SECRET": "b"},
            ["LOGIN_ISSUER"]),
        "a port without room behind it": ({"QUICKSTART_PORT": "65535"}, ["QUICKSTART_PORT"]),
        "a port that is no number": ({"QUICKSTART_PORT": "http"}, ["QUICKSTART_PORT"]),
        "an unknown session store": ({"LOGIN_SESSION_STORE": "redis:6379"}, ["LOGIN_SESSION_STORE"]),
        "a short session secret": ({"LOGIN_SESSION_SECRET": "hunter2hunter2"}, ["LOGIN_SESSION_SECRET"]),
        "a scope without openid": ({"LOGIN_SCOPE": "profile"}, ["LOGIN_SCOPE"]),
        "a base address with a path": ({"LOGIN_BASE_URL": "http://localhost:3000/app"}, ["LOGIN_BASE_URL"]),
        "a certificate file that is not there": ({"LOGIN_CA_FILE": "nowhere.pem"}, ["LOGIN_CA_FILE"]),
        "a place where no files can be kept": ({"LOGIN_SESSION_STORE": "file:/proc/sessions"}, ["LOGIN_SESSION_STORE"]),
        "a directory where a database should be": ({"LOGIN_SESSION_STORE": "sqlite:/proc"}, ["LOGIN_SESSION_STORE"]),
        "an unknown environment": ({"LOGIN_ENV": "prod"}, ["LOGIN_ENV"]),
        "production with what is for development": (
            {
                "LOGIN_ENV": "Production", "LOGIN_BASE_URL": "https://localhost:8443",
                "LOGIN_ISSUER": "http://localhost:1", "LOGIN_CLIENT_ID": "a", "LOGIN_CLIENT_SECRET": "b",
            },
            ["LOGIN_ISSUER", "LOGIN_SESSION_SECRET"]),
    }
    for name, (settings, named) in cases.items():
        with check(f"{name} ends with code 2 and is named with its fix"):
            expect_refused(folder, port, settings, named)
    with check("all faults are told at once"):
        together = {
            "LOGIN_ISSUER": "http://login.example", "LOGIN_CLIENT_SECRET": "canary-client-secret",
            "QUICKSTART_PORT": "99999", "LOGIN_SESSION_STORE": "redis:6379", "LOGIN_SCOPE": "profile",
            "LOGIN_SESSION_SECRET": "canary-session-secret",
        }
        log = expect_refused(folder, port, together, set(together) - {"LOGIN_CLIENT_SECRET"} | {"LOGIN_CLIENT_ID"})
        journeys.expect_clean(log, {"canary-client-secret", "canary-session-secret"}, "the output")
    with check("a port that is taken ends with code 2 and is named with its fix"):
        with Quickstart(folder, port, "first"):
            log = expect_refused(folder, port, {}, ["QUICKSTART_PORT"])
            expect("quickstart ready" not in log, "it says that it is ready")
    with check("a client that never finishes its request does not hold up the end"):
        with Quickstart(folder, port, "slow") as app:
            with socket.create_connection(("127.0.0.1", port)) as client:
                client.sendall(b"POST /logout HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc")
                app.process.terminate()
                app.wait(30)


def expect_refused(folder, port, settings, named):
    app = Quickstart(folder, port, "faulty", **settings).spawn()
    expect_equal(app.wait(20), 2, f"exit code; output {app.log[:300]!r}; it")
    lines = app.log.splitlines()
    for name in named:
        found = [line for line in lines if line.startswith(name + ": ")]
        expect_equal(len(found), 1, f"lines about {name} in {app.log[:500]!r}")
        expect(len(found[0].split(". ")) >= 2, f"no fix in {found[0]!r}")
    return app.log
