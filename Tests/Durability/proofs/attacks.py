"""Other users of the machine."""
import os
import shutil
import stat
import subprocess

from proofs.figures import Faults
from proofs.kill import expect_ok
from proofs.model import digest
from proofs.worker import IDLE, Worker

# Users that nothing else runs as: the server's, and another one.
SERVER, OTHER = 61_001, 61_002


def as_user(user):
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]


def prove_modes(store, folder, figures):
    """Directories 0700, files 0600, whatever the umask was."""
    faults = Faults()
    for umask in (0o000, 0o022, 0o077):
        place = os.path.join(folder, f"modes-{store}-{umask:03o}")
        os.mkdir(place, 0o700)
        with Worker(umask=umask) as worker:
            expect_ok(worker.open(store, os.path.join(place, "store")))
            for number in range(30):
                worker.ask("create", f"m{number}", 0)
                worker.ask("update" if number % 2 else "remove", f"m{number}", *([0, 1] if number % 2 else []))
            for path in everything(place):
                status = os.lstat(path)
                expected = 0o700 if stat.S_ISDIR(status.st_mode) else 0o600
                if stat.S_IMODE(status.st_mode) != expected:
                    faults.add("broken", f"{os.path.relpath(path, place)} has mode {stat.S_IMODE(status.st_mode):o}")
    figures.none(f"attack_{store}_modes_wrong", faults.found["broken"])
    return faults


def everything(place):
    for folder, folders, files in os.walk(place):
        yield from (os.path.join(folder, name) for name in folders + files)


class Scene:
    """A directory that everybody may write to, a canary file that only the server may, and a worker of the server's user."""

    def __init__(self, store, folder, name):
        self.store = store
        self.place = os.path.join(folder, f"attack-{store}-{name}")
        os.mkdir(self.place)
        os.chmod(self.place, 0o1777)
        self.path = os.path.join(self.place, "store")
        self.victim = os.path.join(self.place, "victim")
        os.mkdir(self.victim, 0o700)
        os.chown(self.victim, SERVER, SERVER)
        self.canary = os.path.join(self.victim, "canary")
        with open(self.canary, "w", encoding="utf-8") as file:
            file.write("untouched")
        os.chmod(self.canary, 0o600)
        os.chown(self.canary, SERVER, SERVER)
        self.before = self.look()

    def look(self):
        with open(self.canary, encoding="utf-8") as file:
            return file.read(), sorted(os.listdir(self.victim)), os.lstat(self.canary).st_mode

    def link(self, path, target=None):
        os.symlink(target or self.canary, path)
        os.lchown(path, OTHER, OTHER)

    def file(self, path, mode, octets=b"", user=OTHER):
        with open(path, "wb") as file:
            file.write(octets)
        os.chmod(path, mode)
        os.chown(path, user, user)

    def directory(self, path, mode, user=OTHER):
        os.mkdir(path)
        os.chmod(path, mode)
        os.chown(path, user, user)

    def worker(self):
        return Worker(as_user(SERVER), program=Worker.public_program)


def before_opening(store):
    """What another user puts there before the server opens the store; it has to refuse each."""
    plans = {
        "link": lambda scene: scene.link(scene.path),
        "link-to-directory": lambda scene: scene.link(scene.path, scene.victim),
        "dangling-link": lambda scene: scene.link(scene.path, os.path.join(scene.victim, "made")),
        "open-directory": lambda scene: scene.directory(scene.path, 0o777),
        "closed-directory": lambda scene: scene.directory(scene.path, 0o700),
        "own-but-open-directory": lambda scene: scene.directory(scene.path, 0o755, SERVER),
        "open-file": lambda scene: scene.file(scene.path, 0o666),
        "others-file": lambda scene: scene.file(scene.path, 0o644),
        "own-but-open-file": lambda scene: scene.file(scene.path, 0o640, user=SERVER),
        "pipe": lambda scene: (os.mkfifo(scene.path), os.chmod(scene.path, 0o666), os.chown(scene.path, OTHER, OTHER)),
    }
    if store == "sqlite":
        for suffix in ("-wal", "-shm", "-journal"):
            plans[f"link{suffix}"] = lambda scene, suffix=suffix: scene.link(scene.path + suffix)
            plans[f"dangling-link{suffix}"] = lambda scene, suffix=suffix: scene.link(
                scene.path + suffix, os.path.join(scene.victim, "made"))
            plans[f"file{suffix}"] = lambda scene, suffix=suffix: scene.file(scene.path + suffix, 0o666)
    return plans


def prove_others(store, folder, figures):
    faults, plans = Faults(), before_opening(store)
    for name, plan in plans.items():
        scene = Scene(store, folder, name)
        plan(scene)
        with scene.worker() as worker:
            answer = worker.ask("open", store, scene.path, timeout=30)
        if not answer.startswith("error"):
            faults.add("broken", f"{name} is accepted")
        if scene.look() != scene.before:
            faults.add("broken", f"{name}: the canary has changed")
    inside(store, folder, faults)
    unreadable(store, folder, faults)
    figures.at_least(f"attack_{store}_tried", len(plans) + 2, len(plans) + 2)
    figures.none(f"attack_{store}_succeeded", faults.found["broken"])
    return faults


def inside(store, folder, faults):
    """Links where the store's own files belong: nothing is written through them, and nothing is read."""
    scene = Scene(store, folder, "inside")
    with scene.worker() as worker:
        expect_ok(worker.open(store, scene.path))
        if worker.ask("create", "kept", 0) != "yes":
            faults.add("broken", "the server's own user cannot create")
        if store != "file":
            return
        for name in ("r", "l", "t"):
            shard = os.path.join(scene.path, "records", digest(name)[:1].hex())
            key = "01" + digest(name).hex()
            if name == "r":
                scene.link(os.path.join(shard, key))
            elif name == "l":
                scene.link(os.path.join(shard, "lock"))
            else:
                os.rmdir(shard)
                scene.link(shard, scene.victim)
            state = worker.read([name])[name]
            if isinstance(state, tuple) or state == "foreign":
                faults.add("broken", f"a link in place {name} is read: {state}")
            answer = worker.ask("create", name, 0)
            if name != "r" and not answer.startswith("error"):
                faults.add("broken", f"a link in place {name} is followed: {answer}")
            if scene.look() != scene.before:
                faults.add("broken", f"a link in place {name}: the canary has changed")
        if worker.read(["kept"])["kept"] != (0, IDLE):
            faults.add("broken", "the session beside the links is gone")


def unreadable(store, folder, faults):
    """Another user can open nothing of the store."""
    scene = Scene(store, folder, "unreadable")
    with scene.worker() as worker:
        expect_ok(worker.open(store, scene.path))
        worker.ask("create", "secret", 0)
        paths = [path for path in everything(scene.place) if path.startswith(scene.path)]
        script = 'for path in "$@"; do if [ -r "$path" ] || [ -w "$path" ]; then echo "$path"; fi; done'
        found = subprocess.run([*as_user(OTHER), "sh", "-c", script, "sh", *paths], stdout=subprocess.PIPE, text=True, check=True)
        for path in found.stdout.splitlines():
            faults.add("broken", f"another user may open {os.path.basename(path)}")
        answer = other_opens(store, scene.path)
        if not answer.startswith("error"):
            faults.add("broken", f"another user opens the store: {answer}")


def other_opens(store, path):
    with Worker(as_user(OTHER), program=Worker.public_program) as worker:
        return worker.open(store, path)


def public_copy(program, folder):
    """The program where every user may run it."""
    copy = os.path.join(folder, "worker")
    shutil.copy(program, copy)
    os.chmod(copy, 0o755)
    return copy
