"""Stores that outlive their process."""

import os
import threading

import journeys
from agent import Browser
from checks import expect, expect_equal
from quickstart import Quickstart

# How often the process is killed and started again; `make nightly` does it more often.
RESTARTS = int(os.environ.get("PROVIDER_RESTARTS", "2"))


def run(check, folder, port, store):
    place = os.path.join(folder, store + "-store")
    app = Quickstart(folder, port, store, LOGIN_SESSION_STORE=f"{store}:{place}")
    with check(f"{store} store: who is logged in stays so through kill -9 at any moment"):
        app.start()
        browser, page = journeys.log_in_here(app)
        claims = journeys.expect_profile(page)
        for turn in range(RESTARTS):
            kill_under_load(app, browser, after=10 * (turn % 3 + 1))
            app.start()
            journeys.expect_profile(browser.open(app.url + "/profile"), claims["sub"])
    with check(f"{store} store: a logout outlives kill -9"):
        stale = browser.copy()
        profile = browser.open(app.url + "/profile")
        token = next(e.get("value") for e in profile.elements if e.get("name") == "csrf_token")
        expect_equal(browser.send(app.url + "/logout", {"csrf_token": token}).status, 303, "status")
        app.kill()
        app.start()
        journeys.expect_no_session(app, stale)
    with check(f"{store} store: its files are private and hold no secret in the clear"):
        browser, _ = journeys.log_in_here(app)
        browser.open(app.url + "/api-call")
        files = stored_files(place)
        expect([path for path in files if not path.endswith(".keys")], "the store has no files")
        secrets = journeys.secrets_of(browser)
        for path in files:
            expect_equal(os.stat(path).st_mode & 0o077, 0, f"mode of {os.path.basename(path)} for others")
            with open(path, "rb") as file:
                journeys.expect_clean(file.read().decode("latin-1"), secrets, os.path.basename(path))
    with check(f"{store} store: the log holds no secret, and SIGTERM ends with code 0"):
        log = "\n".join(line for line in app.log.splitlines() if not line.startswith("accounts: "))
        journeys.expect_clean(log, secrets | set(app.accounts.values()), "the log")
        app.stop()
    if app.process and app.process.poll() is None:
        app.kill()


def kill_under_load(app, browser, after):
    """Kills the process while requests are under way: the `after`th answer is the sign."""
    enough, over = threading.Semaphore(0), threading.Event()

    def work():
        mine = browser.copy()
        while not over.is_set():
            try:
                mine.send(app.url + "/profile")
                Browser().send(app.url + "/login")
            except OSError:
                continue
            except Exception:  # An answer cut short by the kill.
                continue
            finally:
                enough.release()

    threads = [threading.Thread(target=work, daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(after):
        enough.acquire(timeout=10)
    app.kill()
    over.set()
    for thread in threads:
        thread.join(10)


def stored_files(place):
    beside = os.path.dirname(place)
    names = [name for name in os.listdir(beside) if name.startswith(os.path.basename(place))]
    tops = [os.path.join(beside, name) for name in names]
    found = [p for p in tops if os.path.isfile(p)]
    for top in tops:
        for folder, _, names in os.walk(top):
            found += [os.path.join(folder, n) for n in names]
    return found
