#!/usr/bin/env python3
"""Gate: all vectors are judged as they should be, and changed tokens beside two libraries of others; ends with one line per figure.

usage: .ci/vectors.py [gate|full|doc|read FILE]
    (nothing)  20,000 changed tokens of each kind; Docs/Security/JOSE.md must hold the table and the figures
    gate       the same, and a figure that is skipped is a failure too; so it is everywhere with CI=true
    full       a million of each kind: `make vectors`
    doc        as full, and writes table and figures to Docs/Security/JOSE.md: `make vectors-doc`
    read FILE  as gate, of lines that were printed before

A figure out of its bound is a failure.
"""
import os
import re
import subprocess
import sys

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
DOCUMENT = "Docs/Security/JOSE.md"
BUILD = ["swift", "build", "-c", "release", "--product", "VectorReport"]


def said(name, command):
    """The lines that a command prints. It says itself which figure fails; when it just ends, that is a figure too."""
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    lines = run.stdout.splitlines()
    if run.returncode != 0 and not with_verdict("FAIL", lines):
        lines.append(f"FIGURE {name}_exit_status {run.returncode} =0 FAIL")
    return lines


def with_verdict(verdict, lines):
    """The figures with this verdict, which is their fifth word; a remark may follow."""
    return [line for line in lines if line.startswith("FIGURE ") and line.split()[4] == verdict]


def differential(program, count):
    lines = said("differential", ["Tests/Differential/run", program, count])
    # The runner says in a line of its own which tool or package is missing; anything else is a failure.
    if any(line.startswith("FAIL ") for line in lines):
        return [line for line in lines if not line.startswith("FIGURE ")] + [
            "FIGURE differential - - SKIP (needs python3-venv, and joserfc and PyJWT from PyPI)"]
    return lines


# Machine and keys decide these values: only their bound says something.
MEASURED = {"attack_slowest_ms", "attack_largest_growth_mib"}


def fixed(line):
    """What of a figure is the same in every run of that name: with 20,000 tokens it must be as with a million."""
    name, value, bound, verdict = line.split()[1:5]
    counted = re.fullmatch(r"(mutations_accepted_of)_\d+", name)
    if counted:
        name = f"{counted[1]}_COUNT"
    elif name.startswith("differential_tokens") or name.startswith("differential_accepted_by_all"):
        value, bound = "-", re.sub(r"\d+", "COUNT", bound)
    elif name in MEASURED:
        value = "-"
    return f"{name} {value} {bound} {verdict}"


def documented_figures(text):
    block = re.search(r"<!-- figures: [^\n]*-->\n(.*?)<!-- end -->", text, re.S)
    if not block:
        sys.exit(f"vectors: {DOCUMENT} has no block for the figures")
    return [line for line in block[1].splitlines() if line.startswith("FIGURE ")]


def disagreements(text, table, figures):
    """What the document says otherwise; a skipped figure says nothing, and its section of the table is missing."""
    if with_verdict("SKIP", figures):
        return []
    said, found = [[fixed(line) for line in lines] for lines in (documented_figures(text), figures)]
    wrong = [f"{DOCUMENT} lacks {line}" for line in found if line not in said]
    wrong += [f"{DOCUMENT} alone has {line}" for line in said if line not in found]
    if documented(text, "table", table) != text:
        wrong.append(f"the table in {DOCUMENT} is another one")
    return [*wrong, "run make vectors-doc"] if wrong else []


def documented(text, block, content):
    """The document with a block's content replaced."""
    pattern = re.compile(rf"(<!-- {block}: [^\n]*-->\n).*?(<!-- end -->)", re.S)
    if not pattern.search(text):
        sys.exit(f"vectors: {DOCUMENT} has no block for the {block}")
    return pattern.sub(lambda match: match[1] + content + "\n" + match[2], text)


def judged(count):
    """The lines of a run."""
    subprocess.run(BUILD, check=True, stdout=sys.stderr)
    folder = subprocess.run([*BUILD, "--show-bin-path"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    program = f"{folder}/VectorReport"
    report = said("report", [program, count])
    return differential(program, count) + report


def main():
    mode = sys.argv[1] if len(sys.argv) > 1 else ""
    words = len(sys.argv) - 1
    if mode not in ("", "gate", "full", "doc", "read") or words > (2 if mode == "read" else 1):
        sys.exit(__doc__)
    if mode == "read":
        with open(sys.argv[2], encoding="utf-8") as file:
            lines = file.read().splitlines()
    else:
        lines = judged("1000000" if mode in ("full", "doc") else "20000")
    figures = [line for line in lines if line.startswith("FIGURE ")]
    print(*[line for line in lines if line not in figures], *figures, sep="\n")

    # The differential test prints a table of its own before this one.
    begin = max((index for index, line in enumerate(lines) if line.startswith("| vectors |")), default=len(lines))
    table = "\n".join(line for line in lines[begin:] if line.startswith("|"))
    with open(DOCUMENT, encoding="utf-8") as file:
        text = file.read()
    skipped, refused = with_verdict("SKIP", figures), with_verdict("FAIL", figures)
    if mode in ("gate", "read") or os.environ.get("CI") == "true":
        refused += skipped
    if mode == "doc" and not skipped:
        fresh = documented(documented(text, "table", table), "figures", "```\n" + "\n".join(figures) + "\n```")
        with open(DOCUMENT, "w", encoding="utf-8") as file:
            file.write(fresh)
    elif mode != "doc":
        refused += disagreements(text, table, figures)
    if refused or not figures:
        sys.exit("vectors: " + "; ".join(refused or ["no figures"]))


main()
