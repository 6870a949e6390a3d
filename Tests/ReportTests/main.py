"""Every case of the folder `cases` against the quickstart: the provider answers as a real provider was reported
to, a user logs in, and the result is compared with what the user, and the operator who reads the log, need.

A case is an answer of a provider (see fake_provider.py), a title, a kind, the public reports it comes from, and `runs`.
A run is one start of the quickstart. Its members, all but `outcome` optional:

    with        settings in the environment, beside issuer, client and secret
    change      members of the case that are others in this run
    ends        where the login ends if not on the profile: `at` the page `login` or `callback`, with a `status` (or one
                of several), a `code`, whose `turn` it is, and what the page must not say (`not_page`);
                or `at` the `start`, which the settings make impossible, with an `exit` code
    steps       what the person does after the login, and what each step gives; the profile, a UserInfo call and a
                refresh if nothing is said
    claims      claims that the session has, and with null those that it lacks
    asked       how often the provider was asked, such as {"POST /token": 1}
    log         regular expressions, each of which matches a line of the log; `not_log`: none does
    deviations  the same for lines of the event `provider.deviation`; without it there is no such line
    outcome     what happens, in words for people: the table in Docs/Providers.md is made of them

Whatever a run expects, its log holds no secret, code or token.
"""

import json
import os
import queue
import re
import signal
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import journeys
import pictures
import record
from checks import Checks, Failed, eventually, expect, expect_equal
from fake_provider import CLIENT, SECRET, FakeProvider
from quickstart import Quickstart, free_ports, stop_all
from table import table
from visit import STEPS, Visit, expect_refusal

HERE = os.path.dirname(os.path.abspath(__file__))
AT_ONCE = 6


def cases(beginnings):
    for name in sorted(os.listdir(os.path.join(HERE, "cases"))):
        identifier = name.removesuffix(".json")
        if not beginnings or identifier.startswith(tuple(beginnings)):
            with open(os.path.join(HERE, "cases", name), encoding="utf-8") as file:
                yield identifier, json.load(file)


def play(case, run, folder, port):
    with FakeProvider({**case, **run.get("change", {})}, port + 3) as provider:
        settings = {
            "LOGIN_ISSUER": provider.issuer, "LOGIN_CLIENT_ID": CLIENT, "LOGIN_CLIENT_SECRET": SECRET,
            **provider.fill(run.get("with", {})),
        }
        app = Quickstart(folder, port, "app", **settings)
        if run.get("ends", {}).get("at") == "start":
            expect_equal(app.spawn().wait(20), run["ends"]["exit"], f"exit code; output {app.log[:300]!r}; it")
            return expect_log(run, app.log, set())
        with app:
            visit = Visit(app, provider)
            follow(visit, run)
            for request, count in run.get("asked", {}).items():
                expect_equal(provider.asked(request), count, f"requests {request}")
        secrets = {SECRET, provider.code, *provider.issued} | journeys.secrets_of(visit.browser)
        return expect_log(run, app.log, {each for each in secrets if each})


def follow(visit, run):
    ends = run.get("ends", {"at": "profile"})
    page, place = visit.log_in()
    told = f"{page.text_of('code')}; {diagnosis(visit.app.log)}" if page.by_id("code") else f"status {page.status}"
    expect_equal(place, ends["at"], f"the place where the login ends ({told})")
    if ends["at"] != "profile":
        return expect_refusal(page, ends, visit.app.log)
    expect_equal(page.status, 200, "status of the profile")
    for name, wanted in run.get("steps", STEPS):
        try:
            visit.take(name, wanted)
        except Failed as failure:
            raise Failed(f"{failure} ({diagnosis(visit.app.log)})") from None
    found, wanted = visit.profile.get("claims", {}), run.get("claims", {})
    expect_equal({name: found.get(name) for name in wanted}, wanted, "what the session says")
    return None


def diagnosis(log):
    found = re.findall(r'diagnosis="([^"]*)', log)
    return f"the log: {found[-1][:300]}" if found else "nothing in the log"


def expect_log(run, log, secrets):
    journeys.expect_clean(log, secrets, "the log")
    deviations = re.findall(r"^provider\.deviation .*$", log, re.MULTILINE)
    lines = [line for line in log.splitlines() if line not in deviations]
    for pattern in run.get("log", []):
        expect(any(re.search(pattern, line) for line in lines), f"no line of the log has {pattern!r}: {tail(lines)}")
    for pattern in run.get("not_log", []):
        expect(not any(re.search(pattern, line) for line in lines), f"a line of the log has {pattern!r}: {tail(lines)}")
    for pattern in run.get("deviations", []):
        found = any(re.search(pattern, line) for line in deviations)
        expect(found, f"no event provider.deviation has {pattern!r}: {tail(deviations or lines)}")
    expect("deviations" in run or not deviations, f"told as a deviation: {tail(deviations)}")


def tail(lines):
    return repr([line[:300] for line in lines if "ready" not in line][-3:])


def main():
    # An exception runs the `finally` blocks, which end the apps.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    check, outcomes, ports = Checks(), {}, queue.SimpleQueue()
    for _ in range(AT_ONCE):
        ports.put(free_ports(4))

    def judge(task):
        identifier, number, case, run = task
        port = ports.get()
        name = identifier + (f", run {number + 1}" if len(case["runs"]) > 1 else "")
        with tempfile.TemporaryDirectory(prefix="login-flow-") as folder:
            with check(f"{name}: {run['outcome']}") as result:
                play(case, run, folder, port)
        ports.put(port)
        outcomes[identifier, number] = result.passed

    tasks = [(i, n, case, run) for i, case in cases(sys.argv[1:]) for n, run in enumerate(case["runs"])]
    # The slow ones first, so that the end does not wait for them.
    tasks.sort(key=lambda task: "wait" not in str(task[3].get("steps")))
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(judge, tasks))
        if not sys.argv[1:]:
            with tempfile.TemporaryDirectory(prefix="login-flow-") as folder:
                pictures.look(check, folder, ports.get())
    finally:
        stop_all()
    if os.environ.get("RECORD"):
        record.write("reports", table(dict(cases([])), outcomes))
    print(f"reports: {check.passed} passed, {check.failed} failed", flush=True)
    return 1 if check.failed or not check.passed else 0


if __name__ == "__main__":
    sys.exit(main())
