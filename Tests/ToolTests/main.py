"""All checks of this folder."""

import json
import os
import subprocess
import sys
import tempfile

import corpus as corpora
import doctor
import guide
from checks import Checks

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VECTORS = os.path.join(ROOT, "Tests", "Vectors", "attacks")
GUIDE = os.path.join(ROOT, "Docs", "Guides", "CommandLine.md")
DECIDED = 513


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def fresh_copy(folder):
    """The same attacks with new keys, and so with new tokens."""
    path = os.path.join(folder, "fresh.json")
    subprocess.run(
        [sys.executable, os.path.join(VECTORS, "generate.py"), path], check=True, capture_output=True, timeout=300)
    return load(path)


def main():
    check = Checks()
    known = load(os.path.join(VECTORS, "jwt_attacks.json"))
    with tempfile.TemporaryDirectory() as folder:
        secret_file = os.path.join(folder, "secret")
        with open(secret_file, "w", encoding="utf-8") as file:
            file.write(known["client_secret"] + "\n")
        with check(f"the {DECIDED} decided attacks are judged as decided"):
            corpora.check_decided(known, corpora.judged(known, secret_file), DECIDED)
        with check("so are those of a copy with fresh keys"):
            fresh = fresh_copy(folder)
            corpora.check_decided(fresh, corpora.judged(fresh, secret_file), DECIDED)
        with check("every line is answered before the next one is read"):
            corpora.check_conversation(known, secret_file)
        with check("the guide's commands print what the guide shows"):
            guide.check_commands(GUIDE, folder, known)
        jwks = known["jwksets"][known["cases"][0]["jwks"]]
        with check("the doctor finds nothing wrong with a healthy provider, and shows and sends no secret"):
            doctor.check_healthy(jwks)
        with check("the doctor finds a wrong issuer, callback, clock and key set, and names the fix"):
            doctor.check_faulty(jwks)
        with check("the doctor ends in spite of endless redirects and bodies"):
            doctor.check_hostile(jwks)
        with check("keys shows each key of a set that it fetches"):
            doctor.check_keys(jwks)
        with check("session-secret prints another 32 octets each time"):
            doctor.check_secret()
    return check.summary()


sys.exit(main())
