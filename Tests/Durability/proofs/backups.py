"""A copy that is made during writes."""
import os
import sqlite3
import subprocess
import time

from proofs.figures import Faults
from proofs.kill import check_integrity, expect_ok
from proofs.model import COUNTER, NONE, Model, check_index
from proofs.worker import Worker


def prove(store, folder, figures, rounds=10):
    path = os.path.join(folder, f"backed-{store}")
    faults, model, judged = Faults(), Model(touches_survive=True), 0
    with Worker() as writer:
        expect_ok(writer.open(store, path))
        writer.ask("create", COUNTER, 0)
        # Beside those that come and go, some that stay.
        for number in range(30):
            step = f"create kept-{number} 0"
            model.hear([f"> {step}", f"< {writer.ask(*step.split())}"], faults)
        writer.post("run", "a", 7, "mixed")
        pending = None
        for number in range(rounds):
            writer.lines_until(time.monotonic() + 0.15)
            pending = model.hear(writer.so_far()[0 if number else 1:], faults, pending=pending)
            before = {name: set(states) for name, states in model.states.items()}
            copy = os.path.join(folder, f"copy-{store}-{number}")
            (copy_files if store == "file" else copy_database)(path, copy)
            pending = model.hear(writer.so_far(), faults, pending=pending)
            judged += judge(store, copy, before, model.states, faults)
    figures.at_least(f"backup_{store}_sessions_judged", judged, 30 * rounds)
    faults.tell(figures, f"backup_{store}")
    return faults


def copy_files(path, copy):
    """cp tells of files that were replaced while it copied; nothing else may go wrong."""
    done = subprocess.run(["cp", "-a", path, copy], stderr=subprocess.PIPE, text=True, env={**os.environ, "LC_ALL": "C"})
    wrong = [line for line in done.stderr.splitlines() if not line.endswith("No such file or directory")]
    if wrong:
        raise RuntimeError(wrong[0])


def copy_database(path, copy):
    connection = sqlite3.connect(path)
    try:
        connection.execute("VACUUM INTO ?", (copy,))
    finally:
        connection.close()
    os.chmod(copy, 0o600)


def judge(store, copy, before, after, faults):
    """A session that was there before and after the copying is in the copy, as it was at some moment in between."""
    with Worker() as reader:
        opened = reader.open(store, copy)
        if opened != "ok":
            faults.add("broken", f"the copy: {opened}")
            return 0
        found = reader.read(sorted(set(before) | set(after)))
        sure = {}
        for name, state in found.items():
            first, last = before.get(name, {NONE}), after.get(name, {NONE})
            if state in ("unreadable", "foreign"):
                faults.add(state, f"{name} in the copy")
            elif first == {NONE} and name in before and state != NONE:
                faults.add("back", f"{name} in the copy is {state}")
            elif NONE not in first | last:
                low, high = min(number for number, _ in first), max(number for number, _ in last)
                if not isinstance(state, tuple) or not low <= state[0] <= high:
                    faults.add("lost", f"{name} in the copy is {state}, not {low} to {high}")
                # An update takes the entry of the state before out of the index.
                elif low == high:
                    sure[name] = state
        check_index(reader, sure, faults)
    if store == "sqlite":
        check_integrity(copy, faults)
    return len(sure)
