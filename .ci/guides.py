#!/usr/bin/env python3
"""Gate: every Swift block of README.md, of Docs/Guides, Docs/Examples and of the products' pages compiles, as a file of an app that
sees the products only, and so does every file of the tutorials.

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

What imports a product behind a trait is compiled with the modules of `.build-traits`. The module `Shop` of the tutorials is the last
form of its router.
"""
import concurrent.futures
import glob
import os
import re
import subprocess
import sys
import tempfile

import built

root = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
os.chdir(root)
MODULES = os.path.join(os.environ.get("BUILD_DIR", f"{root}/.build"), "debug", "Modules")
FENCE = re.compile(r"^[ >]*(?:```+|~~~+) *swift\b", re.M | re.I)
BLOCK = re.compile(r"(?:<!-- (snippet|hidden):(.*?)-->\n+)?^```swift\n(.*?)^```$", re.M | re.S)
PLACE = re.compile(r"^ *… *$", re.M)
IMPORT = re.compile(r"^\s*(?:(?:@\w+|public|package|internal|private)\s+)*import\s+(?:(?:struct|enum|class|protocol|func)\s+)?(\w+)", re.M)
FLAGS = ["-swift-version", "6", "-warnings-as-errors", "-module-name", "Guide"]


class Block:
    def __init__(self, document, line, text, hidden="", is_quoted=False):
        self.document, self.line, self.is_quoted = document, line, is_quoted
        self.is_manifest = text.startswith("// swift-tools-version") or hidden.lstrip().startswith("// swift-tools-version")
        self.text = self.placed(hidden.strip("\n"), text)
        self.imports = set(IMPORT.findall(self.text))

    @classmethod
    def found(cls, document, text, found):
        line = text.count("\n", 0, found.start(3)) + 1
        return cls(document, line, found[3], found[2] if found[1] == "hidden" else "", found[1] == "snippet")

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
        yield from (Block.found(document, text, one) for one in found)


def tutorials():
    for path in sorted(glob.glob("Docs/Tutorials/Code/*.swift")):
        with open(path, encoding="utf-8") as file:
            yield Block(path, 1, file.read())


def shop(folder):
    """The flags for what imports the module of the tutorials."""
    source = sorted(glob.glob("Docs/Tutorials/Code/*-ShopRouter.swift"))[-1]
    command = ["swiftc", "-emit-module", source, "-o", f"{folder}/Shop.swiftmodule", "-swift-version", "6", "-parse-as-library"]
    said = run([*command, "-module-name", "Shop", *built.flags("HummingbirdLogin")])
    return ["-I", folder], [f"{source}: {said}"] if said else []


def run(command):
    result = subprocess.run(command, capture_output=True, text=True)
    return "" if result.returncode == 0 else result.stdout + result.stderr or f"ended with {result.returncode}"


def compiled(block, known, extra, folder):
    """What the compiler has against the block."""
    where = f"{block.document}:{block.line}"
    os.makedirs(folder)
    path = os.path.join(folder, "Package.swift" if block.is_manifest else "Guide.swift")
    with open(path, "w", encoding="utf-8") as file:
        file.write(block.text)
    if block.is_manifest:
        said = run(["swift", "package", "--package-path", folder, "--scratch-path", f"{folder}/build", "dump-package"])
        return [f"{where}: {said}"] if said else []
    inner = block.imports & known.modules - known.products
    if inner:
        return [f"{where}: a reader cannot import {', '.join(sorted(inner))}, which is no product"]
    library = ["-parse-as-library"] if "@main" in block.text else []
    flags = built.flags("HummingbirdLogin") if block.imports & built.behind_traits() else built.flags("LoginFlow")
    said = run(["swiftc", "-c", path, "-o", f"{folder}/Guide.o", *FLAGS, *flags, *extra, *library])
    return [f"{where}: {said}"] if said else []


class Names:
    """The names of the products, and of all modules that were built."""

    def __init__(self):
        manifest = built.manifest()
        self.products = {name for one in manifest["products"] for name in one["targets"]}
        self.modules = {os.path.basename(one).removesuffix(".swiftmodule") for one in glob.glob(f"{MODULES}/*.swiftmodule")}
        self.modules |= {one["name"] for one in manifest["targets"]}


def main():
    pages = sorted(
        glob.glob("Docs/Guides/*.md") + glob.glob("Docs/Examples/**/*.md", recursive=True) + glob.glob("Modules/*/Documentation.docc/*.md"))
    documents = sys.argv[1:] or ["README.md", *pages]
    if not os.path.isdir(MODULES):
        sys.exit(f"FAILED guides: {MODULES} is not there; run .ci/build first")
    faults = []
    found = list(blocks(documents, faults)) + ([] if sys.argv[1:] else list(tutorials()))
    alone = [block for block in found if not block.is_quoted]
    with tempfile.TemporaryDirectory() as scratch:
        known, extra = Names(), []
        if any("Shop" in one.imports for one in alone):
            extra, fault = shop(scratch)
            faults += fault
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            judged = [
                pool.submit(compiled, one, known, extra, os.path.join(scratch, f"block{number}"))
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
