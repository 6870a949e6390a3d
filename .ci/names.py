#!/usr/bin/env python3
"""Gate: calls read well and errors are few: labels of parameters, number and names of error types, length of functions.

usage: .ci/names.py                     the gate: Modules must be within the limits, every fault with its file and line
       .ci/names.py --report [PATH]     the same faults, those of Benchmarks and Tests too, and exit status 0
       .ci/names.py --measure PATH...   one row of the table for each checkout: its Modules, its Sources, or all of it

Counted are functions, initialisers, subscripts and macros, requirements of protocols too. Operators, closures, and a last
parameter that is a function (written as a trailing closure) are not.
"""
import os
import re
import statistics
import sys

LIMITS = {"after": 0, "three": 0, "errors": 20, "misnamed": 0, "long": 0}
LONG = 40
MEANING = {
    "after": "an unlabelled parameter after a labelled one",
    "three": "three or more unlabelled parameters",
    "errors": "public types that conform to Error",
    "misnamed": "conforms to Error and does not end in Error",
    "long": f"longer than {LONG} lines",
}
NAMES = ["after", "three", "errors", "misnamed", "long"]

TOKEN = re.compile(r"`?[A-Za-z_]\w*`?|->|\.\.\.|[^\s\w]|\d\w*")
OPEN, CLOSE = "([{", ")]}"
ACCESS = {"public", "open", "package", "internal", "fileprivate", "private"}
MODIFIERS = ACCESS | {
    "static", "class", "final", "mutating", "nonmutating", "override", "convenience", "required", "indirect", "nonisolated",
    "isolated", "optional", "dynamic", "distributed", "borrowing", "consuming", "prefix", "postfix", "infix", "unowned", "weak", "lazy",
}
TYPES = {"struct", "enum", "class", "actor", "protocol", "extension"}
# Names that a decision keeps: Docs/Decisions/0014-flow-problem.md.
KEPT = {"FlowProblem"}
ERRORS = {"Error", "LocalizedError", "CustomNSError", "RecoverableError"}


# Reading Swift

def blank(text):
    """The text with comments and the contents of strings replaced by spaces; lines are kept."""
    out, at, end = list(text), 0, len(text)

    def erase(first, last):
        for index in range(first, min(last, end)):
            if out[index] != "\n":
                out[index] = " "

    def comment(at):
        depth, start = 0, at
        while at < end:
            if text.startswith("/*", at):
                depth, at = depth + 1, at + 2
            elif text.startswith("*/", at):
                depth, at = depth - 1, at + 2
                if depth == 0:
                    break
            else:
                at += 1
        erase(start, at)
        return at

    def string(at):
        """From the opening `#`s and quotes to behind the closing ones; the code in interpolations goes with the text."""
        start, hashes = at, 0
        while text[at] == "#":
            hashes, at = hashes + 1, at + 1
        quote = '"""' if text.startswith('"""', at) else '"'
        at += len(quote)
        escape, closing = "\\" + "#" * hashes, quote + "#" * hashes
        while at < end and not text.startswith(closing, at):
            if quote == '"' and text[at] == "\n":
                break
            if text.startswith(escape, at):
                at += len(escape)
                at = interpolation(at) if text[at:at + 1] == "(" else at + 1
            else:
                at += 1
        erase(start, at + len(closing))
        return at + len(closing)

    def interpolation(at):
        depth = 0
        while at < end:
            if text[at] == '"':
                at = string(at)
                continue
            depth += (text[at] == "(") - (text[at] == ")")
            at += 1
            if depth == 0:
                break
        return at

    literal = re.compile(r'#*"')
    pattern = re.compile(r"(#+)/(?!/).*?/\1", re.S)
    while at < end:
        if text.startswith("//", at):
            stop = text.find("\n", at)
            stop = end if stop < 0 else stop
            erase(at, stop)
            at = stop
        elif text.startswith("/*", at):
            at = comment(at)
        elif found := (literal.match(text, at) if text[at] in '#"' else None):
            at = string(found.start())
        elif found := (pattern.match(text, at) if text[at] == "#" else None):
            erase(at, found.end())
            at = found.end()
        else:
            at += 1
    return "".join(out)


class File:
    def __init__(self, path, shown):
        with open(path, encoding="utf-8", errors="replace") as file:
            text = blank(file.read())
        self.path, self.tokens, self.lines, line, last = shown, [], [], 1, 0
        for found in TOKEN.finditer(text):
            line += text.count("\n", last, found.start())
            last = found.start()
            self.tokens.append(found.group().strip("`") if found.group() != "`" else "`")
            self.lines.append(line)
        self.pairs = self.brackets()

    def brackets(self):
        stack, pairs = [], {}
        for index, token in enumerate(self.tokens):
            if token in OPEN:
                stack.append(index)
            elif token in CLOSE and stack:
                pairs[stack.pop()] = index
        return pairs

    def at(self, index):
        return self.tokens[index] if 0 <= index < len(self.tokens) else ""

    def generics(self, index):
        """Behind `<...>` if there is one here."""
        if self.at(index) != "<":
            return index
        depth = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            depth += (token == "<") - (token == ">")
            index = self.pairs.get(index, index) + 1 if token in OPEN else index + 1
            if depth == 0:
                break
        return index

    def modifiers(self, index):
        """The words before a declaration's keyword, attributes left out."""
        words = set()
        while index > 0:
            index -= 1
            token = self.tokens[index]
            if token == ")":
                opening = next((first for first, last in self.pairs.items() if last == index), None)
                if opening is None:
                    break
                index = opening  # the arguments of an attribute, or of `private(set)`
            elif token in MODIFIERS:
                words.add(token)
            elif self.at(index - 1) != "@":
                break
            else:
                index -= 1
        return words

    def pieces(self, first, last, separators=","):
        """The tokens between two places, apart at commas that are in no bracket and in no angle."""
        piece, depth, index = [], 0, first
        while index < last:
            token = self.tokens[index]
            if token in separators and depth == 0:
                yield piece
                piece, index = [], index + 1
                continue
            depth = max(0, depth + (token == "<") - (token == ">"))
            stop = self.pairs.get(index, index) if token in OPEN else index
            piece += self.tokens[index:stop + 1]
            index = stop + 1
        if piece:
            yield piece


def parameter(piece, is_subscript):
    """Whether the parameter has a label, and whether it is a function."""
    while piece[:1] == ["@"]:
        piece = piece[2:]
    colon = piece.index(":") if ":" in piece else len(piece)
    names, kind = piece[:colon], piece[colon + 1:]
    labelled = len(names) > 1 if is_subscript and names[:1] != ["_"] else names[:1] != ["_"]
    depth = 0
    for token in kind:
        depth += (token in OPEN) - (token in CLOSE)
        if token == "=" and depth == 0:
            break
        if token == "->" and (depth == 0 or kind[0] == "(" and depth == 1 and kind[-1] in "?!"):
            return labelled, "autoclosure" not in kind
    return labelled, False


class Function:
    def __init__(self, name, where, labels, length):
        self.name, self.where, self.labels, self.length = name, where, labels, length


def functions(file):
    for index, token in enumerate(file.tokens):
        if token not in ("func", "init", "subscript", "macro") or file.at(index - 1) in (".", "#", "@"):
            continue
        name, at = (file.at(index + 1), index + 2) if token in ("func", "macro") else (token, index + 1)
        if token == "init" and file.at(at) in ("?", "!"):
            at += 1
        if token in ("func", "macro") and not re.match(r"[A-Za-z_]", name):
            continue  # an operator
        at = file.generics(at)
        if file.at(at) != "(" or at not in file.pairs:
            continue
        close = file.pairs[at]
        parameters = [parameter(piece, token == "subscript") for piece in file.pieces(at + 1, close)]
        while parameters and parameters[-1][1]:
            parameters.pop()  # written as a trailing closure
        yield Function(name, f"{file.path}:{file.lines[index]}", [one[0] for one in parameters], length(file, index, close))


def length(file, start, close):
    """Lines from the keyword to the end of the body; 0 without a body."""
    index = close + 1
    while index < len(file.tokens):
        token = file.tokens[index]
        if token == "{":
            return file.lines[file.pairs.get(index, index)] - file.lines[start] + 1
        if token in "};" or token in ("func", "init", "subscript", "var", "let", "case", "static", "public", "@", "#", "mutating"):
            return 0
        index = file.pairs.get(index, index) + 1 if token in "([" else index + 1
    return 0


class Type:
    def __init__(self, name, kind, is_public, bases, where):
        self.name, self.kind, self.is_public, self.bases, self.where = name, kind, is_public, bases, where


def types(file):
    """The types and extensions of a file, with their full name and what they conform to."""
    scopes = []  # (full name, public, end)
    for index, token in enumerate(file.tokens):
        while scopes and index > scopes[-1][2]:
            scopes.pop()
        if token not in TYPES or file.at(index - 1) in (".", ":"):
            continue
        name = file.at(index + 1)
        if not re.match(r"[A-Za-z_]", name) or name in ("func", "var", "let", "init", "subscript"):
            continue  # `class func`
        at = index + 2
        while file.at(at) == "." and re.match(r"[A-Za-z_]", file.at(at + 1)):
            name, at = f"{name}.{file.at(at + 1)}", at + 2
        at = file.generics(at)
        bases, first = [], at + 1
        while at < len(file.tokens) and file.tokens[at] not in ("{", "where"):
            at = file.pairs.get(at, at) + 1 if file.tokens[at] in "([" else at + 1
        if file.at(first - 1) == ":":
            bases = [[word for word in piece if re.match(r"\w", word)] for piece in file.pieces(first, at, ",&")]
        while at < len(file.tokens) and file.tokens[at] != "{":
            at += 1
        words, outer = file.modifiers(index), scopes[-1] if scopes else ("", True, 0)
        inherited = outer[3] if scopes else False
        is_public = token == "extension" or bool(words & {"public", "open"}) or inherited and not words & ACCESS
        full = f"{outer[0]}.{name}" if outer[0] else name
        yield Type(full, token, is_public and outer[1], [base[-1] for base in bases if base], f"{file.path}:{file.lines[index]}")
        if at in file.pairs:
            # What a public extension holds, and what a public protocol asks for, is public without the word.
            scopes.append((full, is_public and outer[1], file.pairs[at], token == "extension" and "public" in words))


def errors(files):
    """Every type that conforms to Error, by itself, by an extension or through a protocol."""
    found = [one for file in files for one in types(file)]
    known, grows = set(ERRORS), True
    while grows:
        fresh = {one.name.split(".")[-1] for one in found if one.kind == "protocol" and known & set(one.bases)}
        grows, known = not fresh <= known, known | fresh
    # Two modules may have a type of one name.
    declared = [one for one in found if one.kind != "extension"]
    failing = {}
    for one in found:
        if not known & set(one.bases):
            continue
        matches = [other for other in declared if other.name == one.name or other.name.endswith("." + one.name)]
        for match in matches if one.kind == "extension" else [one]:
            failing[match.where] = match
    return sorted(failing.values(), key=lambda one: one.where)


# Measuring

def sources(folder, below):
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not name.endswith(".docc"))
        for name in sorted(names):
            path = os.path.join(base, name)
            if name.endswith(".swift") and not name.startswith("Package") and os.path.isfile(path):
                yield File(path, os.path.relpath(path, below))


def measure(files):
    """What was found of each kind, and the lengths of all functions that have a body."""
    found, lengths = {name: [] for name in NAMES}, []
    for one in (function for file in files for function in functions(file)):
        if one.length:
            lengths.append(one.length)
        if one.length > LONG:
            found["long"].append((one.where, f"{one.name} has {one.length} lines"))
        if one.labels.count(False) >= 3:
            found["three"].append((one.where, one.name))
        if any(not label and any(one.labels[:index]) for index, label in enumerate(one.labels)):
            found["after"].append((one.where, one.name))
    for one in errors(files):
        if one.is_public:
            found["errors"].append((one.where, one.name))
        if not one.name.endswith("Error") and one.name not in KEPT:
            found["misnamed"].append((one.where, one.name))
    return found, lengths


def own(root):
    """The three parts of this repository; the tests of nested packages are tests."""
    parts = {"Modules": [], "Benchmarks": [], "Tests": []}
    for part in parts:
        for file in sources(os.path.join(root, part), root):
            parts["Tests" if "/Tests/" in file.path else part].append(file)
    return parts


def row(name, files):
    found, lengths = measure(files)
    cells = [name, str(len(lengths)), *(str(len(found[key])) for key in NAMES), f"{statistics.median(lengths or [0]):g}"]
    return "| " + " | ".join(cells) + " |"


def table(paths):
    print("| package | functions | unlabelled after labelled | three unlabelled | public error types | errors named otherwise "
          f"| over {LONG} lines | median lines |\n|---|---:|---:|---:|---:|---:|---:|---:|")
    for path in paths:
        folder = next((inner for name in ("Modules", "Sources") if os.path.isdir(inner := os.path.join(path, name))), path)
        files = [file for file in sources(folder, path) if "/Tests/" not in file.path]
        if not files:
            sys.exit(f"names: no Swift source in {folder}")
        print(row(os.path.basename(os.path.abspath(path)), files))


def judge(root, is_report):
    parts, failed = own(root), False
    found, lengths = measure(parts["Modules"])
    if not lengths:
        sys.exit("FAILED names: no function found at all: this check looks in the wrong place")
    for part, files in parts.items() if is_report else [("Modules", None)]:
        here = found if part == "Modules" else measure(files)[0]
        for name in NAMES:
            over = len(here[name]) > LIMITS[name]
            failed |= over and part == "Modules"
            if is_report or over:
                stream = sys.stdout if is_report else sys.stderr
                for where, what in here[name]:
                    print(f"{'' if is_report else 'FAILED names: '}{where}: {what}: {MEANING[name]}", file=stream)
                print(f"{part}: {len(here[name])} {MEANING[name]}, limit {LIMITS[name]}", file=stream)
    if not is_report and not failed:
        print(f"{len(lengths)} functions: {', '.join(f'{len(found[name])} {MEANING[name]}' for name in NAMES)}")
    return 1 if failed and not is_report else 0


def main():
    arguments = sys.argv[1:]
    if arguments[:1] == ["--measure"] and len(arguments) > 1:
        return table(arguments[1:])
    if arguments and (arguments[0] != "--report" or len(arguments) > 2):
        sys.exit(__doc__)
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
    return judge(arguments[1] if len(arguments) > 1 else here, bool(arguments))


if __name__ == "__main__":
    sys.exit(main())
