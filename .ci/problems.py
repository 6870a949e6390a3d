#!/usr/bin/env python3
"""Gate: Docs/Guides/Problems.md lists every problem of the flow as the code has it: code, status, turn and title.

usage: .ci/problems.py
Prints the rows that are missing, ready to be completed, and those that no code stands behind.
"""
import glob
import os
import re
import sys

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
GUIDE = "Docs/Guides/Problems.md"
CALLBACK = "Modules/AuthURL/AuthorizationResponseValidationError.swift"
ROW = re.compile(r"^\| `([a-z_]+)` \| (\d{3}) \| `([a-z]+)` \| ([^|]+) \|", re.M)


def balanced(text, start, pair):
    """What stands between the bracket at `start` and the one that closes it, texts in quotes aside."""
    depth, place = 0, start
    while place < len(text):
        if text[place] == '"':
            place = re.compile(r'"(?:\\.|[^"\\])*"').match(text, place).end()
            continue
        depth += (text[place] == pair[0]) - (text[place] == pair[1])
        if depth == 0:
            return text[start + 1:place]
        place += 1
    sys.exit("problems: a bracket is not closed")


def body(text, opening):
    """The body of the declaration that begins like this."""
    found = re.search(opening, text)
    if not found:
        sys.exit(f"problems: the code holds no {opening!r} any more")
    return balanced(text, text.index("{", found.end() - 1), "{}")


def switch(text):
    """The cases of a switch with the text that follows each."""
    cases = {}
    for names, value in re.findall(r"(case [^:]*|default):((?:(?!\n\s*(?:case |default)).)*)", text, re.S):
        for name in ["default"] if names == "default" else re.findall(r"\.(\w+)", re.sub(r"\([^)]*\)| where .*", "", names, flags=re.S)):
            cases.setdefault(name, []).append(re.sub(r"\n\s*}.*", "", value, flags=re.S).strip())
    return cases


def table(text, properties):
    """Each case of an enum with the values of its properties."""
    columns = [switch(body(text, rf"var {name}: [\w.]+ {{")) for name in properties]
    return {case: tuple(clean(column[case][0]) for column in columns) for case in columns[0]}


def clean(value):
    return value.strip('"').lstrip(".").replace("`", "").strip()


def named(text, kinds):
    """The kinds that expressions come to."""
    return {kind for kind in re.findall(r"(?:^|[?:]|return)\s*\.(\w+)", text) if kind in kinds}


def callbacks(text, refusals, kinds):
    """The kinds of problem of each refused callback."""
    judged = switch(body(text, r"func kind\(of \w+: AuthorizationResponseValidationError\) -> ProblemKind {"))
    answers = body(text, r"func kind\(of \w+: OAuthErrorResponse\) -> ProblemKind {")
    own = switch(body(text, r"func code\(of \w+: AuthorizationResponseValidationError\) -> String {"))
    for case, (code,) in table(refusals, ["code"]).items():
        value = judged.get(case, judged["default"])[0]
        for kind in named(answers if value.startswith("kind(of") else value, kinds):
            yield clean(own[kind][0]) if kind in own else code, *kinds[kind]


def calls(path, text, kinds, tokens):
    """The problems that are made in a file."""
    for found in re.finditer(r"(?<!extension )(?<!-> )\bFlowProblem\(", text):
        call = balanced(text, found.end() - 1, "()")
        code = re.search(r"\bcode:\s*([^,\n]+)", call)
        if not code or code[1] in ("kind.code(of: refusal)", "kind.code"):
            continue
        if not re.fullmatch(r'"[a-z_]+"', code[1]):
            sys.exit(f"problems: {path} makes a problem whose code is no literal: {code[1]}")
        status = re.search(r"\bstatus:\s*(\d+)", call)
        if status:
            title, turn = re.search(r'title:\s*"([^"]*)"', call)[1], re.search(r"turn:\s*\.(\w+)", call)[1]
            yield clean(code[1]), status[1], turn, title
            continue
        before = call[:code.start()]
        given = tokens if "kind(of:" in before else set(re.findall(r"\.(\w+)", before)) & set(kinds)
        if not given:
            sys.exit(f"problems: {path} does not show the kind of {code[1]}")
        for kind in given:
            yield clean(code[1]), *kinds[kind]


def made():
    """All problems of the flow as code, status, turn and title."""
    files = {path: open(path, encoding="utf-8").read() for path in glob.glob("Modules/LoginFlow/**/*.swift", recursive=True)}
    whole = "\n".join(files.values())
    kinds = table(body(whole, r"enum ProblemKind\b[^{]*{"), ["status", "turn", "title"])
    tokens = named(body(whole, r"func kind\(of \w+: TokenEndpointError\) -> ProblemKind {"), kinds)
    with open(CALLBACK, encoding="utf-8") as file:
        rows = set(callbacks(whole, file.read(), kinds))
    for path, text in files.items():
        rows |= set(calls(path, text, kinds, tokens))
    rows |= set(table(body(whole, r"enum TokenProblem\b[^{]*{"), ["code", "status", "turn", "title"]).values())
    for title, status, code in re.findall(r'"title": "([^"]+)", "status": (\d+), "code": "(\w+)"', whole):
        rows.add((code, status, "user", title))
    return rows


def main():
    with open(GUIDE, encoding="utf-8") as file:
        listed = [tuple(cell.strip() for cell in row) for row in ROW.findall(file.read())]
    rows = made()
    faults = [f"missing: | `{code}` | {status} | `{turn}` | {title} |" for code, status, turn, title in sorted(rows - set(listed))]
    faults += [f"not in the code: {' | '.join(row)}" for row in sorted(set(listed) - rows)]
    faults += [f"twice: {' | '.join(row)}" for row in sorted(set(listed)) if listed.count(row) > 1]
    if len(rows) < 40:
        faults.append(f"only {len(rows)} problems were found in the code: the search is broken")
    if faults:
        sys.exit("\n".join(faults + [f"problems: {GUIDE} and the code differ"]))
    print(f"{len(rows)} problems are in {GUIDE} as the code has them")


main()
