#!/usr/bin/env python3
"""Gate: every row of Docs/Security/Advisories.md and Requirements.md has a test that exists, or a reason; after a run, each has passed.

usage: .ci/advisories.py              rows and names
       .ci/advisories.py RESULTS.xml  and what `swift test --xunit-output` wrote about the run
"""
import glob
import os
import re
import sys
import xml.etree.ElementTree as xml

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
ADVISORIES = "Docs/Security/Advisories.md"
REQUIREMENTS = "Docs/Security/Requirements.md"
# The rows that must be there, and how a row without a test begins its last cell.
DOCUMENTS = {
    ADVISORIES: ([str(n) for n in range(1, 74)], "Cannot apply"),
    REQUIREMENTS: ([f"AU-{n}" for n in range(1, 41)] + [f"TX-{n}" for n in range(1, 43)], "No test yet"),
}
ROW = re.compile(r"^\| (\d+|[A-Z]+-\d+) \|(.*)\|$", re.M)
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


def counts(rows, ids):
    """What the text above the requirements has to say about the rows that must be there."""
    rows = {row: cells for row, cells in rows if row in ids}
    tested = [cells for cells in rows.values() if TEST.search(cells)]
    changed, unshown = (sum(word in cells for cells in tested) for word in (". Changed: ", ". Open: "))
    return (
        f"{len(rows)} requirements: {len(tested)} with tests, {len(rows) - len(tested)} without. "
        f"Of those with tests, {changed} are changed and {unshown} have an open part."
    )


def faults_of(document, existing, passed):
    """What is wrong with a document, its number of rows, and that of the tests it names."""
    with open(document, encoding="utf-8") as file:
        text = file.read()
    rows, (ids, reason) = ROW.findall(text), DOCUMENTS[document]
    found = [row for row, _ in rows]
    faults = [f"no row {row}" for row in ids if row not in found]
    faults += [f"row {row} stands there more than once" for row in sorted(set(found)) if found.count(row) > 1]
    if document == REQUIREMENTS and counts(rows, ids) not in text:
        faults.append(f"the counts are not those of the rows: {counts(rows, ids)}")
    named = 0
    for row, cells in rows:
        tests = TEST.findall(cells)
        if not tests and not re.search(rf"\| {reason}: \w.*\. $", cells):
            faults.append(f"row {row} names neither a test nor a reason")
        for test in tests:
            named += 1
            if test not in existing:
                faults.append(f"row {row}: there is no test {'/'.join(test)}")
            elif passed is not None and test not in passed:
                faults.append(f"row {row}: the test {'/'.join(test)} did not run and pass")
    return faults, len(rows), named


def main():
    existing, passed = existing_tests(), passed_tests(sys.argv[1]) if sys.argv[1:] else None
    wrong, said = [], []
    for document in DOCUMENTS:
        faults, rows, named = faults_of(document, existing, passed)
        wrong += [f"{document}: {fault}" for fault in faults]
        said.append(f"{document}: {rows} rows, {named} named tests")
    if wrong:
        sys.exit("\n".join(wrong))
    print("\n".join(said) + ("\neach passed" if passed is not None else ""))


main()
