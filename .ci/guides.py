#!/usr/bin/env python3
"""Gate: every Swift block of README.md and of Docs/Guides compiles, as a file of an app that sees the products only.

usage: .ci/guides.py [DOCUMENT...]     stands on the modules that `swift build` left in .build (or BUILD_DIR)

A block that quotes a file, after `<!-- snippet: PATH -->`, is compiled with that file, and .ci/snippets.py compares the two.
Every other block is compiled alone. What a block needs and a reader knows already stands in a comment directly before it:

    <!-- hidden:
    import OAuthTypes
    func example(_ transport: some HTTPTransport) async throws {
        …
    }
    -->

A line with nothing but `…` is where the block goes; without one the hidden text comes first. A block that begins with
`// swift-tools-version` is a manifest, and the package manager must understand it.
"""
import concurrent.futures
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

root = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
os.chdir(root)
MODULES = os.path.join(os.environ.get("BUILD_DIR", f"{root}/.build"), "debug", "Modules")
FENCE = re.compile(r"^[ >]*(?:```+|~~~+) *swift\b", re.M | re.I)
BLOCK = re.compile(r"(?:<!-- (snippet|hidden):(.*?)-->\n+)?^```swift\n(.*?)^```$", re.M | re.S)
PLACE = re.compile(r"^ *… *$", re.M)
IMPORT = re.compile(r"^\s*(?:(?:@\w+|public|package|internal|private)\s+)*import\s+(?:(?:struct|enum|class|protocol|func)\s+)?(\w+)", re.M)
FLAGS = ["-swift-version", "6", "-warnings-as-errors", "-module-name", "Guide", "-I", MODULES]


class Block:
    def __init__(self, document, text, found):
        self.document = document
        self.line = text.count("\n", 0, found.start(3)) + 1
        self.is_quoted = found[1] == "snippet"
        hidden = found[2] if found[1] == "hidden" else ""
        self.is_manifest = found[3].startswith("// swift-tools-version") or hidden.lstrip().startswith("// swift-tools-version")
        self.text = self.placed(hidden.strip("\n"), found[3])

    def placed(self, hidden, text):
        """The hidden text around the block, whose lines the compiler tells as those of the document."""
        if not self.is_manifest:
            text = f'#sourceLocation(file: "{self.document}", line: {self.line})\n{text}#sourceLocation()\n'
        if PLACE.search(hidden):
            return PLACE.sub(lambda _: text, hidden, count=1) + "\n"
        return f"{hidden}\n{text}" if hidden else text


def blocks(documents, faults):
    for document in documents:
        with open(document, encoding="utf-8") as file:
            text = file.read()
        found = list(BLOCK.finditer(text))
        if len(found) != len(FENCE.findall(text)):
            faults.append(f"{document}: a Swift block is indented, is not closed or begins otherwise than with ```swift")
        yield from (Block(document, text, one) for one in found)


def run(command):
    result = subprocess.run(command, capture_output=True, text=True)
    return "" if result.returncode == 0 else result.stdout + result.stderr or f"ended with {result.returncode}"


def compiled(block, maps, built, products, folder):
    """What the compiler has against the block."""
    where = f"{block.document}:{block.line}"
    os.makedirs(folder)
    path = os.path.join(folder, "Package.swift" if block.is_manifest else "Guide.swift")
    with open(path, "w", encoding="utf-8") as file:
        file.write(block.text)
    if block.is_manifest:
        said = run(["swift", "package", "--package-path", folder, "--scratch-path", f"{folder}/build", "dump-package"])
        return [f"{where}: {said}"] if said else []
    inner = set(IMPORT.findall(block.text)) & built - products
    if inner:
        return [f"{where}: a reader cannot import {', '.join(sorted(inner))}, which is no product"]
    library = ["-parse-as-library"] if "@main" in block.text else []
    said = run(["swiftc", "-c", path, "-o", f"{folder}/Guide.o", *FLAGS, *maps, *library])
    return [f"{where}: {said}"] if said else []


def names(scratch):
    """The names of the products, and of all modules that were built."""
    command = ["swift", "package", "--scratch-path", scratch, "dump-package"]
    manifest = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    built = {os.path.basename(one).removesuffix(".swiftmodule") for one in glob.glob(f"{MODULES}/*.swiftmodule")}
    return {name for one in manifest["products"] for name in one["targets"]}, built | {one["name"] for one in manifest["targets"]}


def main():
    documents = sys.argv[1:] or ["README.md", *sorted(glob.glob("Docs/Guides/*.md"))]
    if not os.path.isdir(MODULES):
        sys.exit(f"FAILED guides: {MODULES} is not there; run .ci/build first")
    faults = []
    found = list(blocks(documents, faults))
    alone = [block for block in found if not block.is_quoted]
    with tempfile.TemporaryDirectory() as scratch:
        products, built = names(scratch)
        maps = [flag for one in glob.glob("Modules/C*/module.modulemap") for flag in ("-Xcc", f"-fmodule-map-file={root}/{one}")]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            judged = [
                pool.submit(compiled, one, maps, built, products, os.path.join(scratch, f"block{number}"))
                for number, one in enumerate(alone)
            ]
            faults += [fault for one in judged for fault in one.result()]
    if not found:
        faults.append(f"{', '.join(documents)}: no Swift block found at all")
    for fault in faults:
        print(f"FAILED guides: {fault}", file=sys.stderr)
    if not faults:
        print(f"{len(alone)} Swift blocks compile, {len(found) - len(alone)} more are quoted from files")
    return 1 if faults else 0


sys.exit(main())
