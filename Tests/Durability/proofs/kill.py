"""Writers that are killed at any moment."""
import os
import random
import signal
import sqlite3
import time

from proofs.figures import Faults
from proofs.model import COUNTER, Model, check
from proofs.worker import Gone, Worker


class Site:
    """A store, what must be in it, and who reads it."""

    def __init__(self, store, folder, mistake):
        self.store, self.mistake = store, mistake
        self.path = os.path.join(folder, f"kill-{store}")
        self.model = Model(touches_survive=True)
        self.reader = Worker()
        expect_ok(self.reader.open(store, self.path))
        if self.reader.ask("create", COUNTER, 0) != "yes":
            raise RuntimeError("the counter could not be made")

    def check(self, cycle, faults, everything):
        # Sometimes another process has the store open all the while, sometimes none: then the next one recovers it.
        if cycle % 3 == 0:
            self.reader.ask("close")
        opened = self.reader.open(self.store, self.path, self.mistake)
        if opened != "ok":
            return faults.add("broken", f"open: {opened}")
        check(self.model, self.reader, faults, everything)
        if self.store == "sqlite":
            check_integrity(self.path, faults)
        return None


def prove(store, folders, figures, cycles, mistake=None, mode="mixed", seed=1, prefix=None):
    """Two writers a cycle; each gets SIGKILL, and in every tenth cycle SIGTERM, at a moment of its own.

    The first folder is in memory, where a cycle has many steps; every fourth cycle is in the second, on a disk."""
    faults, chance, begin = Faults(), random.Random(seed), time.monotonic()
    sites = [Site(store, folder, mistake) for folder in folders]
    try:
        for cycle in range(cycles):
            site = sites[-1] if cycle % 4 == 3 else sites[0]
            one_cycle(site, faults, chance, cycle, mode)
            site.check(cycle, faults, everything=cycle % 100 >= 98 or cycle >= cycles - 4)
            if faults.count > 20:
                break
    finally:
        for site in sites:
            site.reader.close()
    prefix = prefix or f"kill_{store}"
    figures.at_least(f"{prefix}_cycles", cycle + 1, cycles, f"{(cycle + 1) / (time.monotonic() - begin):.1f} a second")
    figures.at_least(f"{prefix}_acknowledged", sum(site.model.acknowledged for site in sites), 10 * cycles)
    faults.tell(figures, prefix)
    return faults


def one_cycle(site, faults, chance, cycle, mode):
    number = signal.SIGTERM if cycle % 10 == 9 else signal.SIGKILL
    writers = {name: Worker() for name in ("a", "b")}
    try:
        now = time.monotonic()
        # Some die while they open the store, or before.
        moments = {name: now + chance.uniform(0.004, 0.012) if chance.random() < 0.2 else now + chance.uniform(0.01, 0.045)
                   for name in writers}
        for name, writer in writers.items():
            # Every name of a writer begins with its own letter; the number makes it new.
            owned = [f"{key}:{state[0]}:{state[1]}" for key, state in site.model.live(f"{name}-")]
            writer.post("open", site.store, site.path, *([site.mistake] if site.mistake else []))
            writer.post("run", f"{name}-{cycle}", chance.getrandbits(60), mode, *owned)
        for name in sorted(writers, key=moments.get):
            writers["a"].lines_until(moments[name], [writers["b"]])
            writers[name].signal(number)
        for name, writer in writers.items():
            listen(writer, name, site.model, faults, number)
    except Gone as gone:
        faults.add("broken", f"a writer ended by itself: {gone}")
    finally:
        for writer in writers.values():
            writer.close()


def listen(writer, name, model, faults, number):
    lines = writer.rest()
    code = writer.wait()
    if lines and lines[0] != "ok":
        faults.add("broken", f"open: {lines[0]}")
    elif lines and lines[0] == "ok":
        lines = lines[1:]
    is_running = bool(lines)
    # Before it runs, a worker has no answer to SIGTERM but to end.
    expected = 0 if number == signal.SIGTERM and is_running else -number
    if code not in (expected, -number if not is_running else expected):
        faults.add("broken", f"writer {name} ended with {code}: {writer.last_words()}")
    model.hear(lines, faults, ended=number == signal.SIGTERM and is_running)


def check_integrity(path, faults):
    connection = sqlite3.connect(path)
    try:
        (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
        if answer != "ok":
            faults.add("broken", f"integrity_check: {answer}")
    except sqlite3.Error as error:
        faults.add("broken", f"integrity_check: {error}")
    finally:
        connection.close()


def expect_ok(answer):
    if answer != "ok":
        raise RuntimeError(answer)
