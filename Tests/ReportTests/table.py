"""What became of the reports, as a table."""


def table(cases, outcomes):
    rows = ["| kind | what the provider does | what happens | reported or seen |", "|---|---|---|---|"]
    for identifier, case in sorted(cases.items(), key=lambda pair: (pair[1]["kind"], pair[0])):
        what = "; ".join(words(run, outcomes.get((identifier, n))) for n, run in enumerate(case["runs"]))
        rows.append(f"| {case['kind']} | {case['title']} | {what} | {', '.join(case['sources'])} |")
    passed = sum(outcomes.values())
    return "\n".join(rows) + f"\n\n{len(cases)} cases in {len(outcomes)} runs: {passed} as the table says.\n"


def words(run, passed):
    settings = ", ".join(f"`{name}`" for name in run.get("with", {}) if name != "LOGIN_ISSUER")
    text = f"with {settings}: {run['outcome']}" if settings else run["outcome"]
    return text if passed else f"**not so in this run:** {text}"
