"""Many processes write at once, and one holds the lock for too long."""
import fcntl
import os
import sqlite3
import time

from proofs.figures import Faults
from proofs.kill import expect_ok
from proofs.model import digest
from proofs.worker import IDLE, Worker


def prove_many(store, folder, figures, processes, count):
    path = os.path.join(folder, f"many-{store}")
    faults, begin = Faults(), time.monotonic()
    workers = [Worker() for _ in range(processes)]
    try:
        for worker in workers:
            expect_ok(worker.open(store, path))
        for number, worker in enumerate(workers):
            worker.post("burst", f"p{number}", count)
        failed, first = 0, ""
        for worker in workers:
            failures, _, text = worker.answer(timeout=600).partition(" ")
            failed, first = failed + int(failures), first or text
        seconds = time.monotonic() - begin
        names = [f"p{number}-{item}" for number in range(processes) for item in range(count)]
        lost = [name for name, state in workers[0].read(names).items() if state != (0, IDLE)]
    finally:
        for worker in workers:
            worker.close()
    figures.exactly(f"many_{store}_failed_of_{processes * count}", failed, 0, first or f"{processes * count / seconds:.0f} a second")
    figures.none(f"many_{store}_acknowledged_lost", lost)
    return faults


def prove_held_lock(store, folder, figures):
    """The lock is held for ten seconds: two writes in a row say so, and the next one succeeds."""
    path = os.path.join(folder, f"held-{store}")
    faults = Faults()
    with Worker() as worker:
        expect_ok(worker.open(store, path))
        worker.ask("create", "first", 0)
        release = hold(store, path)
        begin = time.monotonic()
        try:
            answers = [worker.ask("update", "first", 0, number) for number in (1, 2)]
            if worker.read(["first"])["first"] != (0, IDLE):
                faults.add("lost", "a session cannot be read while the lock is held")
        finally:
            seconds = time.monotonic() - begin
            release()
        if not all(answer.startswith("error busy") for answer in answers):
            faults.add("broken", f"while the lock is held: {answers}")
        if not 9 <= seconds <= 40:
            faults.add("broken", f"two timeouts of five seconds took {seconds:.1f} s")
        if worker.ask("update", "first", 0, 3) != "yes":
            faults.add("broken", "after the lock was released nothing can be written")
    faults.tell(figures, f"held_{store}")


def hold(store, path):
    """Takes the store's lock, and gives back what releases it."""
    if store == "sqlite":
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")

        def release():
            connection.execute("ROLLBACK")
            connection.close()
        return release
    # The lock of the shard in which the record lies.
    descriptor = os.open(os.path.join(path, "records", digest("first")[:1].hex(), "lock"), os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    return lambda: os.close(descriptor)
