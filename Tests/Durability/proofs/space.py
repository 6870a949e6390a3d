"""A full disk, and a limit on the size of files."""
import os

from proofs.figures import Faults
from proofs.kill import expect_ok
from proofs.model import check_index
from proofs.places import run, small_memory
from proofs.worker import IDLE, Worker

# Octets of the disk, and of what fills a part of it at first.
DISKS = {"file": (128 << 10, 48 << 10), "sqlite": (2 << 20, 768 << 10)}
# A record of the file store may be larger than this; the log of SQLite soon is.
LIMITS = {"file": 2_048, "sqlite": 192 << 10}


def prove_full_disk(store, folder, figures):
    size, filling = DISKS[store]
    faults = Faults()
    with small_memory(os.path.join(folder, f"full-{store}"), size) as place, Worker() as worker, Worker() as reader:
        filler = os.path.join(place, "filler")
        with open(filler, "wb") as file:
            file.write(b"x" * filling)
        path = os.path.join(place, "store")
        expect_ok(worker.open(store, path))
        expect_ok(reader.open(store, path))
        made, refused = until_refused(worker, faults, "error noSpace")
        held(worker, made, refused, faults, "while the disk is full")
        held(reader, made, refused, faults, "read by another process while the disk is full")
        logged_out(store, worker, made, faults)
        os.unlink(filler)
        goes_on(worker, made, refused, faults, "after space came back")
        worker.kill()
        expect_ok(reader.open(store, path))
        held(reader, made, [], faults, "after the next opening")
    figures.at_least(f"full_{store}_made", len(made), 5)
    faults.tell(figures, f"full_{store}")


def prove_size_limit(store, folder, figures):
    faults = Faults()
    path = os.path.join(folder, f"limit-{store}")
    # Not even the store itself fits; then it does, in the same process.
    with Worker(["prlimit", "--fsize=16:unlimited"]) as worker:
        answer = worker.open(store, path)
        if not answer.startswith("error"):
            faults.add("broken", f"a store of 16 octets: {answer}")
        run("prlimit", "--pid", worker.pid, "--fsize=unlimited:unlimited")
        expect_ok(worker.open(store, path))
    with Worker(["prlimit", f"--fsize={LIMITS[store]}:unlimited"]) as worker:
        expect_ok(worker.open(store, path))
        made, refused = until_refused(worker, faults, "error ")
        held(worker, made, refused, faults, "beyond the limit")
        run("prlimit", "--pid", worker.pid, "--fsize=unlimited:unlimited")
        goes_on(worker, made, refused, faults, "after the limit was lifted")
    figures.at_least(f"limit_{store}_made", len(made), 1)
    faults.tell(figures, f"limit_{store}")


def until_refused(worker, faults, expected):
    """Creates records until three were refused; the names of those that were made, and of those that were not."""
    made, refused = [], []
    for number in range(3_000):
        answer = worker.ask("create", f"s{number}", 0)
        if answer == "yes":
            made.append(f"s{number}")
        else:
            refused.append(f"s{number}")
            if not answer.startswith(expected):
                faults.add("broken", f"instead of '{expected}': {answer}")
        if len(refused) == 3:
            return made, refused
    faults.add("broken", "nothing was refused")
    return made, refused


def held(worker, made, refused, faults, when):
    found = worker.read(made + refused)
    for name in made:
        if found[name] != (0, IDLE):
            faults.add("lost", f"{name} is {found[name]} {when}")
    for name in refused:
        # The outcome of a write that failed is unknown: there or not, but nothing in between.
        if found[name] not in ("none", (0, IDLE)):
            faults.add("broken", f"{name} is {found[name]} {when}")
    check_index(worker, {name: found[name] for name in made}, faults)


def logged_out(store, worker, made, faults):
    """A removal needs no room in the file store; in SQLite it may need some, and then says so."""
    name = made[0]
    answer = worker.ask("remove", name)
    state = worker.read([name])[name]
    if answer == "yes" and state == "none":
        made.remove(name)
    elif store == "file" or not answer.startswith("error noSpace") or state != (0, IDLE):
        faults.add("broken", f"remove on a full disk: {answer}, then {state}")


def goes_on(worker, made, refused, faults, when):
    held(worker, made, refused, faults, when)
    for name in ("new-1", "new-2"):
        answer = worker.ask("create", name, 0)
        if answer != "yes":
            faults.add("broken", f"create {when}: {answer}")
        else:
            made.append(name)
    for name in refused:
        if worker.read([name])[name] == "none" and worker.ask("create", name, 0) != "yes":
            faults.add("broken", f"create {name} {when}")
    held(worker, made, [], faults, when)
