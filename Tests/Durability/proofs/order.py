"""In which order the file store asks the system, from a trace."""
import os
import re

from proofs.kill import expect_ok
from proofs.tracing import Trace
from proofs.worker import IDLE, Worker

CALLS = "mkdirat,openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,linkat,unlinkat,fchmod,sendto"
CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (.*)$")


def prove(folder, figures):
    path = os.path.join(folder, "order")
    faults = []
    with Worker() as worker:
        with Trace(worker, CALLS, paths=True) as opening:
            expect_ok(worker.open("file", path))
        faults += [f"open: {fault}" for fault in judge_opening(opening.lines, path)]
        traces = {}
        for operation, words in {"create": (0,), "update": (0, 1), "remove": ()}.items():
            with Trace(worker, CALLS, paths=True) as trace:
                if worker.ask(operation, "ordered", *words) != "yes":
                    faults.append(f"{operation} failed")
            traces[operation] = trace.lines
            faults += [f"{operation}: {fault}" for fault in judge(operation, trace.lines)]
    figures.none("order_wrong", faults)
    figures.none("order_changes_accepted", changes_accepted(traces, opening.lines, path))


def calls(lines):
    """Name and arguments of each call that succeeded, in order; a call that was interrupted in the trace is put together."""
    waiting, whole = {}, []
    for line in lines:
        thread, _, text = line.partition(" ")
        # An answer counts from its beginning: the trace may end before it does.
        if text.lstrip().startswith("sendto("):
            whole.append(("sendto", text))
            continue
        if text.rstrip().endswith("<unfinished ...>"):
            waiting[thread] = line.rsplit("<unfinished", 1)[0].rstrip()
            continue
        resumed = re.match(r"^\d+ +<\.\.\. \w+ resumed>(.*)$", line)
        if resumed:
            line = waiting.pop(thread, line) + resumed[1]
        found = CALL.match(line)
        if found and not found[3].startswith("-1"):
            whole.append((found[1], found[2]))
    return whole


def judge(operation, lines):
    """Which rule the calls of one operation break."""
    steps = calls(lines)

    def first(name, *parts, start=0):
        for index, (call, arguments) in enumerate(steps[start:], start):
            if call in name and all(part in arguments for part in parts):
                return index
        return None

    answered = first(("sendto",), "yes")
    if answered is None:
        return ["no answer in the trace"]
    if operation == "remove":
        removed = first(("unlinkat",), "/records/")
        synced = first(("fsync",), "/records/", start=removed or 0)
        return [] if in_order(removed, synced, answered) else [f"unlink {removed}, fsync {synced}, answer {answered}"]
    made = first(("openat",), "/records/", '"new-', "O_EXCL")
    moved = first(("rename", "renameat", "renameat2"), "/records/", '"new-')
    faults = []
    if not in_order(made, first(("write",), "/new-"), first(("fsync",), "/new-"), moved):
        faults.append("the temporary file is not written and synced before it is renamed")
    if not in_order(moved, first(("fsync",), "/records/", start=(moved or 0) + 1), answered):
        faults.append("the directory is not synced between the renaming and the answer")
    entry = first(("openat",), "/tags/", "O_CREAT")
    bucket = first(("fsync",), "/tags/", start=entry or 0)
    if operation == "create" and not in_order(entry, bucket, moved):
        faults.append("the entry of the index is not on the disk before the record")
    return faults


def judge_opening(lines, path):
    """What is made is on the disk before the store is handed out: names in the directory that holds them."""
    steps, parent, faults = calls(lines), os.path.dirname(path), []
    made = next((index for index, (call, arguments) in enumerate(steps) if call == "mkdirat" and f'"{path}"' in arguments), None)
    # The last one: on a busy machine the answer to a question before is in the trace, too.
    answered = max((index for index, (call, arguments) in enumerate(steps) if call == "sendto" and "ok" in arguments), default=None)
    for folder in (parent, path, f"{path}/records", f"{path}/tags"):
        synced = next((index for index, (call, arguments) in enumerate(steps) if call == "fsync" and f"<{folder}>" in arguments and
                       index > (made or 0)), None)
        if not in_order(made, synced, answered):
            faults.append(f"{folder} is not synced after something was made in it")
    return faults


def in_order(*places):
    return None not in places and list(places) == sorted(places)


def changes_accepted(traces, opening, path):
    """Every trace without one of its fsyncs, or with two calls swapped, has to be refused; gives those that are not."""
    accepted = []
    for operation, lines in traces.items():
        for index, line in enumerate(lines):
            # The fsync of a tag's directory after an update has no bound: the entry is there since the creation.
            is_needed = "fsync(" in line and ("/records/" in line or operation == "create") or "renameat" in line
            if is_needed and not judge(operation, lines[:index] + lines[index + 1:]) and not repeated(lines, index):
                accepted.append(f"{operation} without {line[:60]}")
    if not judge("create", moved_to_front(traces["create"], '"yes')):
        accepted.append("create that answers first")
    if not judge("remove", moved_to_front(traces["remove"], '"yes')):
        accepted.append("remove that answers first")
    without = [line for line in opening if not ("fsync(" in line and f"<{path}>" in line)]
    if not judge_opening(without, path):
        accepted.append("open without fsync of its directory")
    return accepted


def repeated(lines, index):
    """One of several fsyncs that each would do: two tags have a directory each."""
    return "/tags/" in lines[index] and sum("fsync(" in line and "/tags/" in line for line in lines) > 1


def moved_to_front(lines, text):
    return sorted(lines, key=lambda line: "sendto" not in line or text not in line)
