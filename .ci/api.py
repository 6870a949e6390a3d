#!/usr/bin/env python3
"""Gate: the public surface of each product is a committed text, Docs/API/<Module>.txt: a change of it shows in the diff.

usage: .ci/api.py [update]     reads the modules that .ci/build left
"""
import collections
import glob
import json
import os
import subprocess
import sys
import tempfile

import built

root = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
os.chdir(root)
# Conformances that follow from others or from the declaration itself.
IMPLIED = {"Copyable", "Escapable", "SendableMetatype", "BitwiseCopyable"}


def output(*command):
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def surface(module, target, folder):
    """Sorted declarations of `module`, one a line, and how many there are."""
    destination = os.path.join(folder, module)
    os.mkdir(destination)
    subprocess.run(
        ["swift", "symbolgraph-extract", "-module-name", module, "-target", target, *built.flags(module),
         "-minimum-access-level", "public", "-skip-synthesized-members", "-output-dir", destination],
        check=True, stdout=subprocess.DEVNULL)
    declarations, conformances = set(), collections.defaultdict(set)
    for name in glob.glob(f"{destination}/*.symbols.json"):
        with open(name, encoding="utf-8") as file:
            graph = json.load(file)
        names = {s["identifier"]["precise"]: ".".join(s["pathComponents"]) for s in graph["symbols"]}
        for symbol in graph["symbols"]:
            text = "".join(part["spelling"] for part in symbol["declarationFragments"])
            declarations.add(f"{'.'.join(symbol['pathComponents'])} | {' '.join(text.split())}")
        for relation in graph["relationships"]:
            target_name = relation.get("targetFallback", names.get(relation["target"], relation["target"])).split(".")[-1]
            if relation["kind"] == "conformsTo" and target_name not in IMPLIED and relation["source"] in names:
                conformances[names[relation["source"]]].add(target_name)
    lines = declarations | {f"{name} : {', '.join(sorted(all_))}" for name, all_ in conformances.items()}
    return sorted(lines), len(declarations)


def main():
    update = sys.argv[1:] == ["update"]
    target = json.loads(output("swift", "-print-target-info"))["target"]["triple"]
    different, expected = [], set()
    os.makedirs("Docs/API", exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for module in built.products():
            lines, count = surface(module, target, folder)
            print(f"{count:5} public declarations in {module}")
            if count == 0:
                different.append(f"{module}: no declarations found, so nothing was compared")
            path = f"Docs/API/{module}.txt"
            expected.add(path)
            text = "\n".join(lines) + "\n"
            if update:
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
            else:
                different += compare(path, lines)
    for path in sorted(set(glob.glob("Docs/API/*.txt")) - expected):
        if update:
            os.remove(path)
        else:
            different.append(f"{path}: there is no such product")
    for line in different:
        print(f"FAILED api: {line}", file=sys.stderr)
    if different:
        print("The public surface is not the committed one. If that is meant: make api, and commit.", file=sys.stderr)
    return 1 if different else 0


def compare(path, lines):
    if not os.path.exists(path):
        return [f"{path} is missing"]
    with open(path, encoding="utf-8") as file:
        committed = file.read().splitlines()
    gone = [f"{path}: - {line}" for line in committed if line not in set(lines)]
    return gone + [f"{path}: + {line}" for line in lines if line not in set(committed)]


sys.exit(main())
