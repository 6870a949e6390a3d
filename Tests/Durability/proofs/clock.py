"""Clocks that jump."""
import datetime
import glob
import os

from proofs.figures import Faults
from proofs.kill import expect_ok
from proofs.places import image, made_image
from proofs.worker import Worker

HOUR, DAY = 3_600, 86_400
ENDS_OF_TIME = {"2038": "2038-01-19 03:14:10", "2106": "2106-02-07 06:28:20"}


def library():
    """The library that faketime preloads."""
    found = glob.glob("/usr/lib/*/faketime/libfaketime.so.1") + glob.glob("/usr/lib/faketime/libfaketime.so.1")
    return found[0] if found else None


def at(time, span=None):
    """A worker by whose clock it is `time`, as faketime reads it. Times of files are the system's own."""
    environment = {"LD_PRELOAD": library(), "FAKETIME": time, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1",
                   "NO_FAKE_STAT": "1", "FAKE_UTIME": "0", "TZ": "UTC"}
    return Worker(environment=environment, span=span)


def now(worker):
    return int(worker.ask("time"))


def prove(store, folder, figures):
    faults = Faults()
    backwards(store, os.path.join(folder, f"clock-{store}"), faults)
    for name, moment in ENDS_OF_TIME.items():
        end_of_time(store, os.path.join(folder, f"clock-{store}-{name}"), moment, faults)
    # A disk whose files have no room for a time after January 2038.
    disk = os.path.join(folder, f"clock-{store}.img")
    made_image(disk, 16, "-I", "128")
    with image(disk, os.path.join(folder, f"clock-{store}-disk")) as place:
        for name, moment in ENDS_OF_TIME.items():
            end_of_time(store, os.path.join(place, name), moment, faults)
    faults.tell(figures, f"clock_{store}")


def backwards(store, path, faults):
    """The clock goes back by an hour and by a day: no user is logged out, and an expired session comes back for at most as long."""
    with Worker(span=None) as worker:
        expect_ok(worker.open(store, path))
        real = now(worker)
        # When each ends, from now: some have ended, and were made before that.
        ends = {"long": 9 * DAY, "hours": 2 * HOUR, "half": HOUR // 2, "ended-half": -HOUR // 2, "ended-2h": -2 * HOUR,
                "ended-25h": -25 * HOUR}
        for name, end in ends.items():
            worker.ask("clock", min(0, end - 60))
            span(worker, real + end)
            if worker.ask("create", name, 0) != "yes":
                faults.add("broken", f"create {name}")
        worker.ask("clock", 0)
        see(worker, ends, real, real, 0, faults)
        for jump in (HOUR, DAY):
            with at(f"-{jump}s") as early:
                expect_ok(early.open(store, path))
                off = real - now(early)
                if not jump - 120 <= off <= jump + 120:
                    raise RuntimeError(f"faketime moves the clock by {off} instead of {jump} s")
                see(early, ends, real, now(early), jump, faults)
                works(early, f"early-{jump}", real + 9 * DAY, faults)
        see(worker, ends, real, real, 0, faults)
        if int(worker.ask("purge", 100)) != 3:
            faults.add("broken", "the purge did not collect the three that have ended")
        with at(f"-{DAY}s") as early:
            expect_ok(early.open(store, path))
            for name, end in ends.items():
                span(early, real + end)
                if end < 0 and early.read([name])[name] != "none":
                    faults.add("back", f"{name} after a purge and a jump")
    return faults


def span(worker, end):
    expect_ok(worker.ask("span", end, end))


def see(worker, ends, real, clock, jump, faults):
    """By a clock at `clock` every record is there until its end, and none that ended more than the jump ago."""
    for name, end in ends.items():
        span(worker, real + end)
        state = worker.read([name])[name]
        if end > 0 and not isinstance(state, tuple):
            faults.add("lost", f"{name} by a clock {jump} s back: {state}")
        if end <= -jump - 120 and state != "none":
            faults.add("back", f"{name} by a clock {jump} s back: {state}")
        if state in ("unreadable", "foreign"):
            faults.add(state, name)


def works(worker, name, end, faults):
    expect_ok(worker.ask("span", end - 60, end))
    answers = [worker.ask("create", name, 0), worker.ask("update", name, 0, 1), worker.ask("touch", name, end - 30),
               worker.ask("remove", name)]
    if answers != ["yes"] * 4:
        faults.add("broken", f"{name}: {answers}")


def end_of_time(store, path, moment, faults):
    seconds = int(datetime.datetime.fromisoformat(moment + "+00:00").timestamp())
    with Worker(span=None) as worker:
        expect_ok(worker.open(store, path))
        span(worker, now(worker) + 9 * DAY)
        worker.ask("create", "old", 0)
    with at(f"@{moment}") as worker, at(f"@{moment}") as other:
        expect_ok(worker.open(store, path))
        expect_ok(other.open(store, path))
        clock = now(worker)
        if not seconds <= clock <= seconds + 60:
            raise RuntimeError(f"faketime says {clock} instead of {seconds}")
        if worker.read(["old"])["old"] != "none":
            faults.add("back", f"a session of today in {moment}")
        works(worker, "then", clock + 9 * DAY, faults)
        ages(worker, other, clock, moment, faults)
        if int(worker.ask("purge", 100)) != 2:
            faults.add("broken", f"the purge in {moment} did not collect both")


def ages(worker, other, clock, moment, faults):
    """A session of a day, seen by two processes, moved by a touch, and gone at its end."""
    for process in (worker, other):
        expect_ok(process.ask("span", clock + DAY, clock + 3 * DAY))
    answers = [worker.ask("create", "aging", 0), other.ask("touch", "aging", clock + 2 * DAY)]
    if answers != ["yes", "yes"]:
        faults.add("broken", f"in {moment}: {answers}")
    for offset, expected in ((0, True), (2 * DAY - 30, True), (2 * DAY + 30, False)):
        worker.ask("clock", offset)
        state = worker.read(["aging"])["aging"]
        if isinstance(state, tuple) != expected:
            faults.add("lost" if expected else "back", f"in {moment}, {offset} s later: {state}")
