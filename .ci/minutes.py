#!/usr/bin/env python3
"""Part of each gate: what a stage took, beside the minutes that .ci/budget gives it.

usage: .ci/minutes.py STAGE SECONDS     tells it; too long is a warning, for a machine may be slow or busy
       .ci/minutes.py gate SECONDS      the same for all of it; fails beyond the minutes that a run may take at all
       .ci/minutes.py check STAGE…      each stage has a line in the table, each line a stage, and the sum is no more than it may be
"""
import os
import sys

BUDGET = os.path.join(os.path.dirname(os.path.abspath(__file__)), "budget")
SUM, LIMIT = 60, 88


def table():
    with open(BUDGET, encoding="utf-8") as file:
        lines = [line.split() for line in file if line.strip() and not line.startswith("#")]
    return {stage: float(minutes) for stage, minutes in lines}


def check(stages, budget):
    faults = [f"{stage} has no line" for stage in stages if stage not in budget]
    faults += [f"{stage} is no stage" for stage in budget if stage not in stages]
    total = round(sum(budget.values()), 3)
    if total > SUM:
        faults.append(f"the stages may take {total:g} minutes, and all of them {SUM}")
    return faults


def tell(stage, minutes, allowed):
    print(f"   {stage}: {minutes:.1f} min of {allowed:g}", flush=True)
    if minutes > allowed:
        print(f"WARNING {stage} took {minutes:.1f} min, its budget in .ci/budget is {allowed:g}", file=sys.stderr, flush=True)


def main():
    budget, arguments = table(), sys.argv[1:]
    if arguments[:1] == ["check"]:
        faults = check(arguments[1:], budget)
    else:
        stage, minutes = arguments[0], int(arguments[1]) / 60
        is_all = stage == "gate"
        faults = [] if is_all else check([stage, *budget], budget)
        if not faults:
            tell(stage, minutes, SUM if is_all else budget[stage])
        if is_all and minutes > LIMIT:
            faults.append(f"the gate took {minutes:.0f} minutes; more than {LIMIT} are too many on any machine")
    for fault in faults:
        print(f"FAILED minutes: {fault} (.ci/budget)", file=sys.stderr)
    return 1 if faults else 0


sys.exit(main())
