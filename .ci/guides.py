#!/usr/bin/env python3
"""Gate: every Swift block of README.md, of Docs/Guides, Docs/Providers, Docs/Examples and of the products' pages compiles, as a file of an app that
sees the products only, and so does every file of the tutorials.

usage: .ci/guides.py [DOCUMENT...]     stands on the modules that `swift build` left in .build (or BUILD_DIR)

Each block is a module of its own, as a reader copies it. What it needs and a reader knows already stands in a comment directly
before it:

    <!-- hidden:
    import OAuthTypes
    func example(_ transport: some HTTPTransport) async throws {
        …
    }
    -->

A line with nothing but `…` is where the block goes; without one the hidden text comes first. `<!-- with: PATH... -->` names files that
the documents show elsewhere and that belong to the same module. A block that quotes a file, after `<!-- snippet: PATH -->`, is compiled
like the others, although that file was compiled in this package: there it sees more than a reader does. Only a file of a program is
left to the package, because the rest of the program belongs to it. A block that begins with `// swift-tools-version` is a manifest, and
the package manager must understand it.

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
import snippets

root = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
os.chdir(root)
MODULES = os.path.join(os.environ.get("BUILD_DIR", f"{root}/.build"), "debug", "Modules")
FENCE = re.compile(r"^[ >]*(?:```+|~~~+) *swift\b", re.M | re.I)
BLOCK = re.compile(r"((?:<!-- (?:snippet|hidden|with):(?:(?!-->).)*-->\n+)*)^```swift\n(.*?)^```$", re.M | re.S)
NOTE = re.compile(r"<!-- (snippet|hidden|with):(.*?)-->", re.S)
PLACE = re.compile(r"^ *… *$", re.M)
IMPORT = re.compile(r"^\s*(?:(?:@\w+|public|package|internal|private)\s+)*import\s+(?:(?:struct|enum|class|protocol|func)\s+)?(\w+)", re.M)
FLAGS = ["-swift-version", "6", "-warnings-as-errors", "-module-name", "Guide"]


class Block:
    def __init__(self, document, line, text, hidden="", others=(), quoted=""):
        self.document, self.line, self.others = document, line, others
        self.is_quoted, self.is_of_program = bool(quoted), quoted.startswith("Modules/")
        self.is_manifest = text.startswith("// swift-tools-version") or hidden.lstrip().startswith("// swift-tools-version")
        self.text = self.placed(hidden.strip("\n"), text)
        self.imports = set(IMPORT.findall(self.text))

    @classmethod
    def found(cls, document, text, found):
        line = text.count("\n", 0, found.start(2)) + 1
        notes = dict(NOTE.findall(found[1]))
        quoted = notes.get("snippet", "").strip()
        return cls(document, line, found[2], notes.get("hidden", ""), notes.get("with", "").split(), quoted)

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
    library = ["-parse-as-library"] if "@main" in block.text or block.is_quoted else []
    missing = [other for other in block.others if not os.path.isfile(other)]
    if missing:
        return [f"{where}: there is no file {', '.join(missing)}"]
    sources = [path, *(copied(other, folder) for other in block.others)]
    flags = built.flags("HummingbirdLogin") if block.imports & built.behind_traits() else built.flags("LoginFlow")
    said = run(["swiftc", "-wmo", "-c", *sources, "-o", f"{folder}/Guide.o", *FLAGS, *flags, *extra, *library])
    return [f"{where}: {said}"] if said else []


def copied(path, folder):
    """The file as the documents show it."""
    with open(path, encoding="utf-8") as file:
        code = snippets.without_trait(file.read())
    copy = os.path.join(folder, os.path.basename(path))
    with open(copy, "w", encoding="utf-8") as file:
        file.write(code)
    return copy


class Names:
    """The names of the products, and of all modules that were built."""

    def __init__(self):
        manifest = built.manifest()
        self.products = {name for one in manifest["products"] for name in one["targets"]}
        self.modules = {os.path.basename(one).removesuffix(".swiftmodule") for one in glob.glob(f"{MODULES}/*.swiftmodule")}
        self.modules |= {one["name"] for one in manifest["targets"]}


def main():
    pages = sorted(
        glob.glob("Docs/Guides/*.md") + glob.glob("Docs/Providers/*.md") + glob.glob("Docs/Examples/**/*.md", recursive=True) + glob.glob("Modules/*/Documentation.docc/*.md"))
    documents = sys.argv[1:] or ["README.md", *pages]
    if not os.path.isdir(MODULES):
        sys.exit(f"FAILED guides: {MODULES} is not there; run .ci/build first")
    faults = []
    found = list(blocks(documents, faults)) + ([] if sys.argv[1:] else list(tutorials()))
    with tempfile.TemporaryDirectory() as scratch:
        known, extra = Names(), []
        if any("Shop" in one.imports for one in found):
            extra, fault = shop(scratch)
            faults += fault
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            judged = [
                pool.submit(compiled, one, known, extra, os.path.join(scratch, f"block{number}"))
                for number, one in enumerate(found)
                if not one.is_of_program
            ]
            faults += [fault for one in judged for fault in one.result()]
    if not found:
        faults.append(f"{', '.join(documents)}: no Swift block found at all")
    for fault in faults:
        print(f"FAILED guides: {fault}", file=sys.stderr)
    if not faults:
        print(f"{len(found)} Swift blocks compile, {sum(one.is_quoted for one in found)} of them quoted from files")
    return 1 if faults else 0


sys.exit(main())
