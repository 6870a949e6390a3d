#!/usr/bin/env python3
"""Gate: what one operation of each workload may cost: allocations, and instructions of our own code.

usage: .ci/counts.py [update]     update writes what was counted as the new thresholds

Instructions are counted by callgrind, which is repeatable, and only those of the program and of the Swift runtime:
libcrypto and the C library pick other code on other processors. COUNTED names the counts of an earlier run instead.
"""
import collections
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

root = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
os.chdir(root)
THRESHOLDS = "Benchmarks/Thresholds/verification.json"
FOLDER = os.environ.get("BENCH_FOLDER", f"{root}/.build-bench")
OURS = re.compile(r"/(figures|libswift\w+\.so)$")
COUNT = re.compile(r"^COUNT (\S+) (\d+) (-?\d+)$", re.M)
# Hashes are seeded anew in each process otherwise, and tables are then walked in another order.
REPEATABLE = {"SWIFT_DETERMINISTIC_HASHING": "1"}


def run(command, **environment):
    result = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **REPEATABLE, **environment})
    if result.returncode:
        sys.exit(f"FAILED counts: {' '.join(command)}\n{result.stdout}{result.stderr}")
    return COUNT.findall(result.stdout)


def instructions_by_object(path):
    """The instructions that each object file spent itself, from a profile of callgrind."""
    names, cost, current, inclusive = {}, collections.Counter(), None, False
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("ob="):
                number, _, name = line[3:].strip().partition(" ")
                current = names[number] = name or names[number]
            elif line.startswith("cob="):
                number, _, name = line[4:].strip().partition(" ")
                names.setdefault(number, name)
            elif line.startswith("calls="):
                inclusive = True  # the next line is what the callee cost, which is counted where it was spent
            elif line[:1] in "0123456789+-*" and line.strip():
                if not inclusive:
                    cost[current] += int(line.split()[1])
                inclusive = False
    return cost


def count():
    subprocess.run(["Benchmarks/build", "figures"], check=True)
    counts = {}
    for name, operations, allocations in run([f"{FOLDER}/figures", "counted"], LD_PRELOAD=f"{FOLDER}/liballocations.so"):
        counts[name] = {"allocations": int(allocations) / int(operations)}
    with tempfile.TemporaryDirectory() as folder:
        # Older releases of valgrind give up at debug information that they do not know.
        subprocess.run(["strip", "--strip-debug", "-o", f"{folder}/figures", f"{FOLDER}/figures"], check=True)
        profile = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/profile",
                   "--toggle-collect=cfloor_counted", "--dump-after=cfloor_counted", f"{folder}/figures", "counted"]
        workloads = run(profile)
        parts = sorted(glob.glob(f"{folder}/profile.*"), key=lambda name: int(name.rsplit(".", 1)[1]))
        for (name, operations, _), part in zip(workloads, parts):
            spent = sum(cost for object_, cost in instructions_by_object(part).items() if OURS.search(object_))
            counts[name]["instructions"] = round(spent / int(operations))
    return counts


def judge(counts, thresholds):
    faults, tolerance = [], 1 + thresholds["instruction_tolerance"]
    limits = thresholds["workloads"]
    for name in sorted(set(limits) ^ set(counts)):
        faults.append(f"{name}: " + ("has no threshold" if name in counts else "was not counted"))
    for name, counted in counts.items():
        limit = limits.get(name, counted)
        print(f"{name:22} {counted['allocations']:6.2f} allocations of {limit['allocations']:6.2f}"
              f"   {counted['instructions']:8} instructions of {limit['instructions']:8}")
        if counted["instructions"] <= 0:
            faults.append(f"{name}: no instruction was counted, so nothing was compared")
        if counted["allocations"] > limit["allocations"]:
            faults.append(f"{name}: {counted['allocations']} allocations, {limit['allocations']} are allowed")
        if counted["instructions"] > limit["instructions"] * tolerance:
            faults.append(f"{name}: {counted['instructions']} instructions, {limit['instructions']} are allowed")
    return faults


def least(first, second):
    """Of each number the smaller one. Keys are made anew in each run, and a rare one takes longer to check."""
    return {name: {kind: min(number, second[name][kind]) for kind, number in counted.items()}
            for name, counted in first.items()}


def main():
    earlier = os.environ.get("COUNTED")
    if earlier:
        with open(earlier, encoding="utf-8") as file:
            counts = json.load(file)
    else:
        counts = count()
        with open(f"{FOLDER}/counts.json", "w", encoding="utf-8") as file:
            json.dump(counts, file)
    if sys.argv[1:] == ["update"]:
        with open(THRESHOLDS, "w", encoding="utf-8") as file:
            json.dump({"instruction_tolerance": 0.05, "workloads": counts}, file, indent=2)
            file.write("\n")
        return 0
    with open(THRESHOLDS, encoding="utf-8") as file:
        thresholds = json.load(file)
    faults = judge(counts, thresholds)
    if faults and not earlier:
        print("\n".join(faults), "counted again:", sep="\n")
        faults = judge(least(counts, count()), thresholds)
    for fault in faults:
        print(f"FAILED counts: {fault}", file=sys.stderr)
    if faults:
        print(f"A threshold rises only for a reason that the commit tells: .ci/counts.py update, {THRESHOLDS}", file=sys.stderr)
    return 1 if faults else 0


sys.exit(main())
