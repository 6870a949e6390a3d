"""What is on the disk when the power fails: a copy of the image under a stopped writer."""
import contextlib
import os
import random
import signal
import subprocess
import time

from proofs.figures import Faults
from proofs.kill import check_integrity, expect_ok
from proofs.model import COUNTER, Model, check
from proofs.places import image, made_image
from proofs.tracing import Trace
from proofs.worker import IDLE, Worker, wait_until_stopped

# Cycles on one disk. Each disk is new, so that the creation of the store is among what must survive.
CYCLES_A_DISK = 10


def prove(store, folder, figures, cycles, without_sync=False, seed=1, prefix=None):
    faults, chance, done, acknowledged, begin = Faults(), random.Random(seed), 0, 0, time.monotonic()
    for disk in range((cycles + CYCLES_A_DISK - 1) // CYCLES_A_DISK):
        count, heard = one_disk(store, os.path.join(folder, f"power-{store}"), disk, min(CYCLES_A_DISK, cycles - done), faults,
                                chance, without_sync)
        done, acknowledged = done + count, acknowledged + heard
        if faults.count > 20:
            break
    prefix = prefix or f"power_{store}"
    figures.at_least(f"{prefix}_cycles", done, cycles, f"{done / (time.monotonic() - begin):.1f} a second")
    figures.at_least(f"{prefix}_acknowledged", acknowledged, cycles)
    faults.tell(figures, prefix)
    return faults


def one_disk(store, folder, disk, cycles, faults, chance, without_sync):
    os.makedirs(folder, exist_ok=True)
    disk_file = os.path.join(folder, "disk.img")
    made_image(disk_file, 24)
    model = Model(touches_survive=False)
    with image(disk_file, os.path.join(folder, "disk")) as place, Worker() as writer:
        # The system that runs for long has its root directory on the disk.
        subprocess.run(["sync", "-f", place], check=True)
        no_sync = Trace(writer, "fsync,fdatasync", "retval=0") if without_sync else contextlib.nullcontext()
        with no_sync:
            start(writer, store, os.path.join(place, "store"), disk, chance, model, faults)
            pending = None
            for cycle in range(cycles):
                writer.lines_until(time.monotonic() + chance.uniform(0.005, 0.07))
                pending = one_cycle(store, folder, writer, model, faults, pending, cycle == cycles - 1)
                if faults.count > 20:
                    break
            writer.signal(signal.SIGKILL)
            writer.wait()
    return cycle + 1, model.acknowledged


def start(writer, store, path, disk, chance, model, faults):
    expect_ok(writer.open(store, path))
    if writer.ask("create", COUNTER, 0) != "yes":
        raise RuntimeError("the counter could not be made")
    owned, mode = [], "mixed"
    # Every fifth disk sees touches alone, which SQLite writes without waiting for the disk.
    if disk % 5 == 4:
        mode, names = "touches", [f"a-{number}" for number in range(12)]
        for name in names:
            model.hear([f"> create {name} 0", f"< {writer.ask('create', name, 0)}"], faults)
        owned = [f"{name}:0:{IDLE}" for name in names]
    writer.post("run", "a-run", chance.getrandbits(60), mode, *owned)
    writer.answer()


def one_cycle(store, folder, writer, model, faults, pending, everything):
    writer.signal(signal.SIGSTOP)
    wait_until_stopped(writer)
    pending = model.hear(writer.so_far(), faults, pending=pending)
    crashed = os.path.join(folder, "crashed.img")
    subprocess.run(["cp", "--sparse=always", os.path.join(folder, "disk.img"), crashed], check=True)
    writer.signal(signal.SIGCONT)
    with image(crashed, os.path.join(folder, "crashed")) as place, Worker() as reader:
        path = os.path.join(place, "store")
        opened = reader.open(store, path)
        if opened != "ok":
            faults.add("broken", f"open: {opened}")
        else:
            check(model, reader, faults, everything, settles=False)
            if store == "sqlite":
                check_integrity(path, faults)
    return pending
