"""Neither an id nor a token is anywhere in a store's files."""
import base64
import os
import subprocess
import tempfile

from proofs.kill import expect_ok
from proofs.worker import Worker


def prove(store, folder, figures, count=1_000):
    place = os.path.join(folder, f"canary-{store}")
    os.mkdir(place, 0o700)
    path = os.path.join(place, "store")
    with Worker() as worker:
        expect_ok(worker.open(store, path))
        sessions = create(worker, count)
        opened = sum(1 for cookie, _, token in sessions if worker.ask("opened", cookie) == token)
        found = search(place, sessions)
        worker.kill()
    # As a killed process leaves it, and as the next one does that tidies up.
    found += search(place, sessions)
    with Worker() as worker:
        expect_ok(worker.open(store, path))
        expect_ok(worker.ask("close"))
        found += search(place, sessions)
    figures.at_least(f"canary_{store}_sessions", len(sessions), count)
    # The others were removed on purpose.
    figures.at_least(f"canary_{store}_opened_with_cookie", opened, count // 2)
    figures.none(f"canary_{store}_found", found)
    return found


def create(worker, count):
    worker.post("seal", count)
    sessions = []
    while (line := worker.answer()) != "end":
        sessions.append(line.split())
        if line.startswith("error"):
            raise RuntimeError(line)
    return sessions


def search(place, sessions):
    """What of the sessions is in the names and contents of the files below `place`."""
    names, contents = [], []
    for folder, folders, files in os.walk(place):
        names += folders + files
        for name in files:
            with open(os.path.join(folder, name), "rb") as file:
                contents.append(file.read())
    hay = "\n".join(names).encode() + b"\n" + b"\0".join(contents)
    found = [word.decode() for word in (b"canary-subject", b"canary-token") if word in hay]
    secrets = [base64.urlsafe_b64decode(cookie + "=") for cookie, _, _ in sessions]
    found += [secret.hex() for secret in secrets if secret in hay]
    needles = [cookie for cookie, _, _ in sessions] + [secret.hex() for secret in secrets]
    needles += [base64.b64encode(secret).decode().rstrip("=") for secret in secrets]
    return found + grepped(hay, needles)


def grepped(hay, needles):
    with tempfile.NamedTemporaryFile() as patterns:
        patterns.write("\n".join(needles).encode())
        patterns.flush()
        grep = subprocess.run(["grep", "-aoFi", "-f", patterns.name], input=hay, stdout=subprocess.PIPE, env={**os.environ, "LC_ALL": "C"})
    return grep.stdout.decode(errors="replace").splitlines()
