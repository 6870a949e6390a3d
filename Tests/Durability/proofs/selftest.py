"""A proof that cannot fail proves nothing: each is run on a store with a mistake, and has to find it."""
import os

from proofs import canaries, faults, kill, power
from proofs.figures import Figures
from proofs.worker import Worker

MISTAKES = {"early": "lost", "unremoved": "back", "foreign": "foreign", "blind": "lost", "unlisted": "unlisted"}


def prove(store, folders, figures, tools):
    """`folders` are one in memory and one on a disk."""
    for mistake, kind in MISTAKES.items():
        places = [made(folder, f"self-{store}-{mistake}") for folder in folders]
        # What is overwritten blindly is lost only where two write the same record.
        found = kill.prove(store, places, silent(), 40, mistake, "counting" if mistake == "blind" else "mixed")
        tell(figures, f"kill_{store}_{mistake}", found.found[kind])
    if "trace" in tools:
        place = made(folders[0], f"self-{store}-leaking")
        calls = ("pwrite64",) if store == "sqlite" else ("write", "openat")
        found = faults.prove(store, place, silent(), "leaking", ("create",), ("EIO",), calls, kills=False)
        tell(figures, f"fault_{store}_leaking", found.found["broken"])
    if {"trace", "disks"} <= tools:
        found = power.prove(store, made(folders[1], f"self-{store}-unsynced"), silent(), 10, without_sync=True)
        tell(figures, f"power_{store}_without_fsync", found.found["lost"] + found.found["broken"])
    planted(store, made(folders[0], f"self-{store}-planted"), figures)


def planted(store, place, figures):
    """A file that others may read, and a cookie in one."""
    with Worker() as worker:
        kill.expect_ok(worker.open(store, os.path.join(place, "store")))
        sessions = canaries.create(worker, 3)
    hay = os.path.join(place, "note")
    for words in (sessions[1][0], sessions[2][2]):
        with open(hay, "w", encoding="utf-8") as file:
            file.write(f"x{words}x")
        tell(figures, f"canary_{store}_planted", canaries.search(place, sessions))


def made(folder, name):
    path = os.path.join(folder, name)
    os.makedirs(path)
    return path


def silent():
    return Figures(out=None)


def tell(figures, name, found):
    figures.exactly(f"selftest_{name}_found", int(bool(found)), 1)
