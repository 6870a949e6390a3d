"""Writes what came of a run into Docs/Providers.md, between two marks of that name."""

import os

DOCUMENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Docs", "Providers.md")


def write(name, text):
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->\n"
    with open(DOCUMENT, encoding="utf-8") as file:
        before, found, rest = file.read().partition(begin)
    if not found or end not in rest:
        raise LookupError(f"{DOCUMENT} lacks the marks of {name}")
    with open(DOCUMENT + ".new", "w", encoding="utf-8") as file:
        file.write(before + begin + text + end + rest.partition(end)[2])
    os.rename(DOCUMENT + ".new", DOCUMENT)
