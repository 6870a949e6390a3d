"""Writes what became of the reports into Docs/Providers.md, between two marks."""

import os

DOCUMENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Docs", "Providers.md")
BEGIN, END = "<!-- reports: begin -->\n", "<!-- reports: end -->\n"


def write(cases, outcomes):
    with open(DOCUMENT, encoding="utf-8") as file:
        before, _, rest = file.read().partition(BEGIN)
        after = rest.partition(END)[2]
    with open(DOCUMENT + ".new", "w", encoding="utf-8") as file:
        file.write(before + BEGIN + table(cases, outcomes) + END + after)
    os.rename(DOCUMENT + ".new", DOCUMENT)


def table(cases, outcomes):
    rows = ["| kind | what the provider does | what happens | reported by |", "|---|---|---|---|"]
    for identifier, case in sorted(cases.items(), key=lambda pair: (pair[1]["kind"], pair[0])):
        what = "; ".join(words(run, outcomes.get((identifier, n))) for n, run in enumerate(case["runs"]))
        rows.append(f"| {case['kind']} | {case['title']} | {what} | {', '.join(case['sources'])} |")
    passed = sum(outcomes.values())
    return "\n".join(rows) + f"\n\n{len(cases)} reports in {len(outcomes)} runs: {passed} as the table says.\n"


def words(run, passed):
    settings = ", ".join(f"`{name}`" for name in run.get("with", {}) if name != "LOGIN_ISSUER")
    text = f"with {settings}: {run['outcome']}" if settings else run["outcome"]
    return text if passed else f"**not so in this run:** {text}"
