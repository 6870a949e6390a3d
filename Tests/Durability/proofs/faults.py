"""The N-th system call of an operation fails, or the process dies in it."""
import contextlib
import glob
import os
import random

from proofs.figures import Faults
from proofs.kill import check_integrity, expect_ok
from proofs.model import NONE, digest, tags
from proofs.tracing import Trace
from proofs.worker import IDLE, Gone, Worker

ERRORS = ("EIO", "ENOSPC", "EDQUOT", "EMFILE", "EINTR", "EACCES", "EROFS")
CALLS = {
    "file": ("openat", "newfstatat", "fstat", "read", "write", "fsync", "fchmod", "utimensat", "renameat", "renameat2", "unlinkat",
             "flock"),
    "sqlite": ("openat", "newfstatat", "fstat", "pread64", "pwrite64", "fsync", "fdatasync", "ftruncate", "flock", "fcntl"),
}
OPENING = {
    "file": ("mkdirat", "openat", "newfstatat", "fstat", "fchmod", "getdents64", "read", "write", "fsync", "utimensat", "renameat"),
    "sqlite": ("openat", "open", "link", "unlink", "newfstatat", "lstat", "fstat", "fchmod", "pread64", "pwrite64", "fsync",
               "fdatasync", "ftruncate", "flock", "fcntl", "mmap"),
}
OPERATIONS = ("create", "update", "touch", "remove")
# More calls than any operation makes: a loop that gets here does not end by itself.
MOST = 3_000


class Bench:
    """A store, the worker whose calls fail, and another process that opens the store anew each time."""

    def __init__(self, store, folder, mistake=None):
        self.store, self.mistake = store, mistake
        self.path = os.path.join(folder, f"faults-{store}")
        self.faults = Faults()
        self.injected = self.killed = self.number = 0
        self.last = "nothing"
        self.reader = Worker()
        self.worker = None
        self.start()

    def start(self):
        if self.worker:
            self.worker.close()
        self.worker = Worker()
        expect_ok(self.worker.open(self.store, self.path, self.mistake))
        # Threads and connections that stay are there after one of each.
        for name in ("warm-1", "warm-2"):
            self.worker.ask("create", f"{name}-{self.number}", 0)
            self.worker.read([name])
            self.worker.ask("remove", f"{name}-{self.number}")
        self.open_before = int(self.worker.ask("descriptors"))

    def close(self):
        self.worker.close()
        self.reader.close()

    def prepared(self, operation):
        """A fresh name, the command, and the states before and after."""
        self.number += 1
        name, end = f"n{self.number}", IDLE + 60
        if operation == "create":
            return name, ("create", name, 0), NONE, (0, IDLE)
        made = self.worker.ask("create", name, 0)
        if made != "yes":
            self.faults.add("broken", f"after {self.last} a creation without any fault says {made}")
            self.start()
            self.worker.ask("create", name, 0)
        command, after = {
            "update": (("update", name, 0, 1), (1, IDLE)),
            "touch": (("touch", name, end), (0, end)),
            "remove": (("remove", name), NONE),
        }[operation]
        return name, command, (0, IDLE), after

    def once(self, operation, call, inject, number):
        """One operation with a fault in the N-th call; tells whether there were so many."""
        name, command, before, after = self.prepared(operation)
        what = f"{operation} with {call} {inject} at {number}"
        answer, self.last = None, what
        with Trace(self.worker, call, f"{inject}:when={number}") as trace:
            try:
                answer = self.worker.ask(*command)
            except Gone:
                pass
        self.injected += trace.hit
        if trace.hit and "SIGKILL" in inject:
            # Perhaps only after it had answered: a store may tidy up then.
            self.worker.process.wait(30)
            self.killed += 1
            self.start()
        elif answer is None:
            self.faults.add("broken", f"{what} ended the worker")
            self.start()
        elif "fcntl" in call and trace.kept_a_lock:
            self.start()
        state = self.judge(what, name, answer, before, after)
        self.go_on(what, name, state)
        return trace.hit

    def acquisitions(self, operation):
        """Which calls of fcntl take a lock: to release one never fails on any system."""
        _, command, _, _ = self.prepared(operation)
        with Trace(self.worker, "fcntl") as trace:
            self.worker.ask(*command)
        return trace.acquisitions

    def judge(self, what, name, answer, before, after):
        if answer == "no":
            self.faults.add("lost", f"{what} is taken for a miss")
        allowed = {after} if answer == "yes" else {before, after}
        state = self.worker.read([name])[name]
        self.expect(what, state, allowed)
        opened = self.reader.open(self.store, self.path)
        if opened != "ok":
            self.faults.add("broken", f"{what}, then open: {opened}")
            return state
        again = self.reader.read([name])[name]
        self.expect(f"{what}, read by another process,", again, {state})
        if isinstance(again, tuple):
            for tag in tags(name, again[0]):
                if digest(name).hex() not in self.reader.keys(tag):
                    self.faults.add("unlisted", f"{what}: not under {tag}")
        return state

    def expect(self, what, state, allowed):
        if state in allowed:
            return
        kind = state if state in ("unreadable", "foreign") else "back" if allowed == {NONE} else "lost"
        self.faults.add(kind, f"{what}: it is {state}, not {allowed}")

    def go_on(self, what, name, state):
        """The store still works in the same process, whatever the fault left."""
        if state == NONE:
            answers = [self.worker.ask("create", name, 7), self.worker.ask("remove", name)]
        elif isinstance(state, tuple):
            answers = [self.worker.ask("update", name, state[0], 9), self.worker.ask("remove", name)]
        else:
            return
        if answers != ["yes", "yes"]:
            self.faults.add("broken", f"{what}, then without a fault: {answers}")
        opened = int(self.worker.ask("descriptors"))
        # The runtime opens some for itself, whenever it wants to; a leak would soon be more than these.
        if opened > self.open_before + 4:
            self.faults.add("broken", f"{what}: {opened} descriptors are open, {self.open_before} were")
            self.start()

    def until_untouched(self, attempt, numbers=None):
        """Attempts it with the first call, the second, and so on until there are no more."""
        for number in range(1, MOST) if numbers is None else numbers:
            if not attempt(number) or self.faults.count > 20:
                return
        if numbers is None:
            self.faults.add("broken", "an operation made calls without end")


def prove(store, folder, figures, mistake=None, operations=OPERATIONS, errors=ERRORS, calls=None, kills=True, prefix=None):
    bench = Bench(store, folder, mistake)
    prefix = prefix or f"fault_{store}"
    try:
        for operation in operations:
            for call in calls or CALLS[store]:
                for error in errors:
                    numbers = bench.acquisitions(operation) if call == "fcntl" else None
                    bench.until_untouched(lambda number: bench.once(operation, call, f"error={error}", number), numbers)
                if kills:
                    bench.until_untouched(lambda number: bench.once(operation, call, "signal=SIGKILL", number))
        if store == "sqlite":
            bench.reader.ask("close")
            check_integrity(bench.path, bench.faults)
        if not mistake:
            rewrites_after_failed_sync(bench)
    finally:
        bench.close()
    figures.at_least(f"{prefix}_injected", bench.injected, (1 if mistake else 10) * len(operations) * len(errors))
    if kills:
        figures.at_least(f"{prefix}_killed", bench.killed, 10)
    bench.faults.tell(figures, prefix)
    return bench.faults


def rewrites_after_failed_sync(bench):
    """After fsync has failed, asking it again says nothing: the same data has to be written again first.

    A removal leaves nothing to write; but that it has happened may only be said after a fsync that did not fail."""
    sync, write = ("fsync", "write") if bench.store == "file" else ("fdatasync", "pwrite64")
    for operation in ("create", "remove"):
        bench.start()
        _, command, _, _ = bench.prepared(operation)
        with Trace(bench.worker, sync, "error=EIO:when=1") as trace:
            first = bench.worker.ask(*command)
        with Trace(bench.worker, f"{sync},{write}") as again:
            second = bench.worker.ask(*command)
        if not trace.hit or not first.startswith("error") or second.startswith("error"):
            bench.faults.add("broken", f"{operation} whose {sync} fails says {first}, the next one {second}")
        calls = [line.split("(")[0].split()[-1] for line in again.lines if "(" in line]
        if operation == "create":
            calls = calls[calls.index(write):] if write in calls else []
        if sync not in calls:
            bench.faults.add("broken", f"{operation} after a failed {sync} succeeds with no more than {calls}")


def prove_opening(store, folder, figures, errors=ERRORS, seed=1):
    """The same while the store is being opened: a new one, and one that is there."""
    faults, injected, chance = Faults(), 0, random.Random(seed)
    with Worker() as keeper, Worker() as worker:
        kept = os.path.join(folder, f"opening-{store}")
        expect_ok(keeper.open(store, kept))
        keeper.ask("create", "kept", 0)
        keeper.ask("close")
        before = None
        for call in OPENING[store]:
            for error in errors:
                for is_new in (True, False):
                    locks = acquisitions(store, folder, kept, worker, is_new) if call == "fcntl" else None
                    for number in locks or numbers(store, call, chance):
                        path = os.path.join(folder, f"new-{store}-{injected}-{call}-{error}-{number}") if is_new else kept
                        hit = open_once(store, path, worker, call, error, number, faults, is_new)
                        injected += hit
                        if is_new:
                            remove_store(path)
                        if not hit or faults.count > 20:
                            break
            now = int(worker.ask("descriptors"))
            if before is not None and now > before:
                faults.add("broken", f"opening with faults in {call} left {now - before} descriptors open")
            before = now
    figures.at_least(f"opening_{store}_injected", injected, 100)
    faults.tell(figures, f"opening_{store}")


def acquisitions(store, folder, kept, worker, is_new):
    path = os.path.join(folder, f"plain-{store}") if is_new else kept
    with Trace(worker, "fcntl") as trace:
        expect_ok(worker.open(store, path))
    worker.ask("close")
    if is_new:
        remove_store(path)
    return trace.acquisitions


def numbers(store, call, chance):
    # A file store makes or looks at 512 directories: the first calls, and some of the many that are alike.
    if store == "file" and call in ("mkdirat", "openat", "newfstatat", "fstat", "fchmod"):
        return [*range(1, 9), *sorted(chance.sample(range(9, 510), 2))]
    return range(1, MOST)


def open_once(store, path, worker, call, error, number, faults, is_new):
    what = f"open of a {'new' if is_new else 'kept'} store with {call} {error} at {number}"
    with Trace(worker, call, f"error={error}:when={number}") as trace:
        try:
            answer = worker.ask("open", store, path)
        except Gone as gone:
            raise RuntimeError(f"{what}: {gone}") from gone
    if answer != "ok" and not answer.startswith("error"):
        faults.add("broken", f"{what}: {answer}")
    if answer.startswith("error") and not trace.hit:
        faults.add("broken", f"{what}, nothing injected: {answer}")
    again = worker.open(store, path)
    if again != "ok":
        faults.add("broken", f"{what}, then without a fault: {again}")
    elif is_new:
        if worker.ask("create", "first", 0) != "yes":
            faults.add("broken", f"{what}: the store takes nothing")
    elif worker.read(["kept"])["kept"] != (0, IDLE):
        faults.add("lost", what)
    worker.ask("close")
    return trace.hit


def remove_store(path):
    if os.path.isdir(path):
        for folder, folders, files in os.walk(path, topdown=False):
            for name in files:
                os.unlink(os.path.join(folder, name))
            for name in folders:
                os.rmdir(os.path.join(folder, name))
        os.rmdir(path)
        return
    for name in glob.glob(glob.escape(path) + "*"):
        # A store that is being closed tidies up itself.
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
