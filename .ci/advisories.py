#!/usr/bin/env python3
"""Gate: every row of Docs/Security/Advisories.md has a test that exists, or a reason; after a test run, each has passed.

usage: .ci/advisories.py              rows and names
       .ci/advisories.py RESULTS.xml  and what `swift test --xunit-output` wrote about the run
"""
import glob
import os
import re
import sys
import xml.etree.ElementTree as xml

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
DOCUMENT = "Docs/Security/Advisories.md"
COUNT = 73
ROW = re.compile(r"^\| (\d+) \|(.*)\|$", re.M)
TEST = re.compile(r"`(\w+)/(\w+)`")


def existing_tests():
    """The functions marked as tests, by suite, as the sources have them."""
    found = set()
    for path in glob.glob("Tests/**/*.swift", recursive=True):
        with open(path, encoding="utf-8") as file:
            source = file.read()
        marks = re.finditer(r"^(?:@Suite[^\n]* )?struct (\w+)|^extension (\w+)|@Test\b|\bfunc (\w+)", source, re.M)
        suite, marked = None, False
        for mark in marks:
            if mark[1] or mark[2]:
                suite = mark[1] or mark[2]
            elif mark[3]:
                if marked:
                    found.add((suite, mark[3]))
                marked = False
            else:
                marked = True
    return found


def passed_tests(path):
    """Suite and function of each test that ran and neither failed nor was skipped."""
    passed, other = set(), set()
    try:
        cases = xml.parse(path).iter("testcase")
    except (OSError, xml.ParseError) as error:
        sys.exit(f"{path} tells of no whole test run: {error}")
    for case in cases:
        name = (case.get("classname").split(".")[-1], case.get("name").split("(")[0])
        (other if len(case) else passed).add(name)
    return passed - other


def main():
    with open(DOCUMENT, encoding="utf-8") as file:
        rows = [(int(number), cells) for number, cells in ROW.findall(file.read())]
    faults = [f"no row {n}" for n in range(1, COUNT + 1) if n not in {number for number, _ in rows}]
    faults += [f"row {n} stands there more than once" for n in {n for n, _ in rows if [r[0] for r in rows].count(n) > 1}]
    existing, passed = existing_tests(), passed_tests(sys.argv[1]) if sys.argv[1:] else None
    named = 0
    for number, cells in rows:
        tests = TEST.findall(cells)
        if not tests and not re.search(r"\| Cannot apply: \w.*\. $", cells):
            faults.append(f"row {number} names neither a test nor a reason")
        for test in tests:
            named += 1
            if test not in existing:
                faults.append(f"row {number}: there is no test {'/'.join(test)}")
            elif passed is not None and test not in passed:
                faults.append(f"row {number}: the test {'/'.join(test)} did not run and pass")
    if faults:
        sys.exit(f"{DOCUMENT}:\n" + "\n".join(faults))
    print(f"{len(rows)} advisories, {named} named tests" + (", each passed" if passed is not None else ""))


main()
