"""The commands that the guide shows, with the output that it shows."""

import json
import os
import re
import subprocess

import corpus as corpora
from checks import expect, expect_equal

BLOCK = re.compile(r"^```console\n(.*?)^```", re.S | re.M)


def commands(text):
    """Pairs of a command and the output below it."""
    for block in BLOCK.findall(text):
        for piece in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = piece.partition("\n")
            yield command, output


def write_files(folder, corpus):
    """The files that the guide's commands name."""
    first = corpus["cases"][0]
    questions = [
        {"id": "good"},
        {"id": "too old", "max_age": 60},
        {"id": "no HMAC", "alg": ["RS256", "HS256"]},
    ]
    key_set = corpus["jwksets"][first["jwks"]]
    lines = [json.dumps({"token": first["token"], "jwks": key_set, **more}) for more in questions]
    files = {"token.jwt": first["token"], "jwks.json": key_set, "lines.json": "\n".join([*lines, "no JSON"])}
    for name, text in files.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text + "\n")


def check_commands(guide, folder, corpus):
    write_files(folder, corpus)
    with open(guide, encoding="utf-8") as file:
        shown = list(commands(file.read()))
    expect(len(shown) >= 5, f"only {len(shown)} commands found in the guide")
    path = os.path.dirname(corpora.TOOL) + os.pathsep + os.environ["PATH"]
    for command, output in shown:
        run = subprocess.run(
            ["bash", "-c", command], cwd=folder, env={**os.environ, "PATH": path}, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=30, check=False)  # fmt: skip
        expect_equal(run.stdout.decode(), output, f"output of {command}")
