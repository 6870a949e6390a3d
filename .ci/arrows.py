#!/usr/bin/env python3
"""Gate: who may import whom: the table of Docs/Architecture.md, the targets of Package.swift and every import agree.

The table says what each module may import, by layer and by name. Package.swift declares what each target does import: no more than
the table allows, nothing of its own layer above the first, and nothing that no file imports. A module that only one of the two
knows is a fault. The compiler checks imports in the root; this checks nested packages too, where an import of a module that is no
product would slip through.

Clock, random source and the process's environment are each used in one file.

It also checks that no Swift source names a constant of a C library: whether that is an enumerator or a macro, and of which
type, changes from one release of the library to the next. The shim.h beside its module gives it a type and a name of ours.
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

DOCUMENT, MANIFEST = "Docs/Architecture.md", "Package.swift"
ROW = re.compile(r"^\| (\d+) \| (.+?) \| .+ \| (.+?) \|$", re.M)
LAYERS = re.compile(r"layers? (\d+)(?:–(\d+))?(?: without `(\w+)`)?")
NAMED = re.compile(r"`(\w+)`(?: in `([\w/]+/)`)?")
# Packages of their own: they see products only.
NESTED = {"Benchmarks", "Examples", *(path.split("/")[1] for path in glob.glob("Modules/*/Package.swift"))}
TOOLCHAIN = {"Swift", "Synchronization", "Dispatch", "Glibc", "Musl", "Darwin", "_Concurrency", "_StringProcessing", "RegexBuilder"}

IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+"
    r"(?:(?:struct|class|enum|protocol|func|let|var|typealias)\s+)?(\w+)"
)
# One import is enough for a Hummingbird app: this file exports single types, and says why.
NAMES = "Modules/HummingbirdLogin/Names.swift"
EXPORTED = re.compile(r" *@_exported public import (?:struct|class|enum|protocol) \w+\.\w+$")
ONCE = {
    "clock_gettime": re.compile(r"\bclock_gettime\s*\("),
    "the random source": re.compile(r"\b(SystemRandomNumberGenerator\s*\(|getrandom\s*\(|arc4random|RAND_bytes|RAND_priv_bytes|/dev/u?random)"),
    "the process's environment": re.compile(r"\b(getenv\s*\(|environ\b|_NSGetEnviron|ProcessInfo\s*\.\s*processInfo\s*\.\s*environment)"),
}
# The clock and the random source of a nested package may be the system's; settings come from one place everywhere.
ONCE_IN_ALL = {"the process's environment"}

# Functions and types of libcurl and SQLite are written otherwise; those of libcrypto have a small letter or are listed here.
CONSTANT = re.compile(
    r"\b(?:CURL[A-Z]*_\w+|SQLITE_\w+|NID_\w+"
    r"|(?:EVP|OPENSSL|OSSL|RSA|EC|BN|BIO|PEM|X509|X509V3|ASN1|ERR|CRYPTO|RAND|SSL|TLS1|SN|LN)_[A-Z0-9_]+)\b"
)
TYPES = {"EVP_PKEY", "EVP_PKEY_CTX", "EVP_MD", "EVP_MD_CTX", "EVP_MAC", "EVP_MAC_CTX", "EVP_CIPHER", "EVP_CIPHER_CTX", "EC_KEY",
         "BN_CTX", "BN_MONT_CTX", "OSSL_PARAM", "OSSL_LIB_CTX", "X509_PUBKEY", "X509_SIG"}
# A provider writes any number where a time belongs. Only UnixTime computes with one, and never overflows.
BARE_SECONDS = re.compile(
    r"\.(?:seconds|intValue)\b\)?\s*[-+*/%]=?\s|[-+*/%]=?\s+[\w.?!]*\.(?:seconds|intValue)\b(?!\.)"
    # The lowest number has no opposite, and few numbers fit a narrower type.
    r"|(?:(?<![\w)\]])-|\babs\(|\bU?Int(?:8|16|32)\(|\bUInt(?:64)?\()[\w.?!]+\.(?:seconds|intValue)\b(?!\.)"
)
TIME_FILES = "Modules/OAuthTypes/UnixTime"


def listed(folder):
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", folder]
    names = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split("\0")
    return sorted(name for name in names if name.endswith(".swift") and os.path.exists(name))


def code(text):
    """The text without comments and string contents, so that a comment about an import is none. Lines are kept."""
    token = re.compile(r'"""(?:\\.|[^\\])*?"""|"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', re.S)
    return token.sub(lambda found: "\n" * found.group().count("\n"), text)


class Modules:
    """The modules of the root package: their layers and imports in the document, their targets in the manifest."""

    def __init__(self, faults):
        manifest = self.manifest()
        self.targets = {one["name"]: one for one in manifest["targets"] if (one.get("path") or "").startswith("Modules/")}
        self.system = {name for name, one in self.targets.items() if one["type"] == "system"}
        self.products = {name for one in manifest["products"] for name in one["targets"]}
        self.packages = {name: self.packaged(target, faults) for name, target in self.targets.items()}
        self.declared = {
            name: {self.name(one) for one in target["dependencies"]} - self.packages[name] for name, target in self.targets.items()
        }
        self.folders = {}  # which files may import a C library
        self.layers, self.allowed = {}, {}
        self.opened = set()  # which may import from other packages
        with open(DOCUMENT, encoding="utf-8") as file:
            rows = ROW.findall(file.read())
        for layer, names, _ in rows:
            self.layers |= {name: int(layer) for name in re.findall(r"`(\w+)`", names)}
        for layer, names, cell in rows:
            for name in re.findall(r"`(\w+)`", names):
                self.allowed[name] = self.imports(name, cell, faults)
        self.compare(faults)

    @staticmethod
    def manifest():
        with tempfile.TemporaryDirectory() as scratch:
            command = ["swift", "package", "--scratch-path", scratch, "dump-package"]
            result = subprocess.run(command, capture_output=True, text=True)
        if result.returncode:
            sys.exit(f"FAILED arrows: {MANIFEST}: {result.stderr}")
        return json.loads(result.stdout)

    @staticmethod
    def packaged(target, faults):
        """What the target imports from other packages. Only a trait may bring it."""
        products = [one["product"] for one in target["dependencies"] if "product" in one]
        for name, *_, condition in products:
            if not (condition or {}).get("traits"):
                faults.append(f"{MANIFEST}: {target['name']} takes {name} from a package without a trait")
        return {one[0] for one in products}

    @staticmethod
    def name(dependency):
        return next(iter(dependency.values()))[0]

    @staticmethod
    def comments():
        """The layer that each target of the manifest stands under."""
        layer, layers = None, {}
        with open(MANIFEST, encoding="utf-8") as file:
            for comment, number, name in re.findall(r'(// (?:Layer (\d+)|Tests))|(?:module\(|name: )\s*"(\w+)"', file.read()):
                layer = number if comment else layer
                if name and layer:
                    layers[name] = int(layer)
        return layers

    def imports(self, name, cell, faults):
        names = set()
        for term in re.split(r",? and |, ", cell):
            if found := LAYERS.fullmatch(term):
                first, last = int(found[1]), int(found[2] or found[1])
                names |= {name for name, layer in self.layers.items() if first <= layer <= last} - {found[3]}
            elif found := NAMED.fullmatch(term):
                names.add(found[1])
                if found[1] not in self.declared.get(name, set()):
                    faults.append(f"{DOCUMENT}: {name} may import {found[1]}, but {MANIFEST} does not declare it")
                if found[1] in self.system:
                    self.folders.setdefault(found[1], []).append(f"Modules/{name}/{found[2] or ''}")
            elif term == "public products":
                names |= {name for name in self.products if not self.packages[name]}
            elif term == "packages":
                self.opened.add(name)
            elif term != "–":
                faults.append(f"{DOCUMENT}: what {name} may import cannot be read: {term}")
        return names - {name}

    def compare(self, faults):
        for name in sorted(set(self.layers) - set(self.targets) - NESTED):
            faults.append(f"{DOCUMENT}: {name} is no target of {MANIFEST}")
        for name in sorted(set(self.targets) - set(self.layers)):
            faults.append(f"{MANIFEST}: {name} has no row in {DOCUMENT}")
        for name, layer in self.comments().items():
            if self.layers.get(name) != layer:
                faults.append(f"{MANIFEST}: {name} stands under layer {layer}, in {DOCUMENT} in {self.layers.get(name)}")
        for name in sorted(name for name, products in self.packages.items() if products and name not in self.opened):
            faults.append(f"{MANIFEST}: {name} may not import from packages; the table of {DOCUMENT} says so")
        for name in sorted(set(self.targets) & set(self.layers)):
            for other in sorted(self.declared[name] - self.allowed[name]):
                faults.append(f"{MANIFEST}: {name} may not depend on {other}; the table of {DOCUMENT} says so")
            for other in sorted(self.allowed[name] | self.declared[name]):
                level = self.layers.get(other, 0)
                if level > self.layers[name] or level == self.layers[name] > 1:
                    faults.append(f"{MANIFEST}, {DOCUMENT}: {name} of layer {self.layers[name]} goes sideways or up to {other}")


def judge(path, module, text, modules, faults):
    """Judges the file and returns what it imports."""
    imports = set()
    for number, line in enumerate(code(text).split("\n"), 1):
        where = f"{path}:{number}"
        if "@testable" in line or "@_exported" in line and not (path == NAMES and EXPORTED.match(line)):
            faults.append(f"{where}: no @testable and no @_exported: use what the module offers")
        if BARE_SECONDS.search(line) and not path.startswith(TIME_FILES):
            faults.append(f"{where}: arithmetic on a foreign number may overflow: use UnixTime's, or clamp it first")
        found = IMPORT.match(line)
        if found:
            imports.add(found.group(1))
            judge_import(where, path, module, found.group(1), modules, faults)
    return imports


def judge_import(where, path, module, name, modules, faults):
    if name == module:
        return
    if module in NESTED:
        if name in set(modules.targets) - modules.products:
            faults.append(f"{where}: {name} is no product; a nested package sees products only")
    elif name in modules.system and not path.startswith(tuple(modules.folders.get(name, ()))):
        faults.append(f"{where}: only {', '.join(modules.folders.get(name, ()))} imports {name}")
    elif name.startswith("Foundation"):
        faults.append(f"{where}: no root target imports Foundation")
    elif name not in modules.declared[module] | modules.packages[module] | TOOLCHAIN:
        faults.append(f"{where}: {module} may not import {name}: {MANIFEST} does not declare it")


def judge_constants(path, text, faults):
    for number, line in enumerate(code(text).split("\n"), 1):
        for name in sorted(set(CONSTANT.findall(line)) - TYPES):
            faults.append(f"{path}:{number}: {name} is a macro in one release and an enumerator in the next; give it a type in the shim.h of its module")


def judge_modules(modules, faults):
    uses, imports = {what: set() for what in ONCE}, {name: set() for name in [*modules.targets, *NESTED]}
    for path in listed("Modules"):
        module = path.split("/")[1]
        if os.path.basename(path) == "Package.swift" or "/Tests/" in path:
            continue
        if module not in imports:
            faults.append(f"{path}: {module} is no target of {MANIFEST} and no nested package")
            continue
        with open(path, encoding="utf-8") as file:
            text = file.read()
        imports[module] |= judge(path, module, text, modules, faults)
        for what, pattern in ONCE.items():
            if (module not in NESTED or what in ONCE_IN_ALL) and pattern.search(code(text)):
                uses[what].add(path)
    for what, paths in uses.items():
        if len(paths) != 1:
            faults.append(f"{what} belongs in exactly one file, found in: {', '.join(sorted(paths)) or 'none'}")
    for name, declared in modules.declared.items():
        for other in sorted(declared - imports[name]):
            faults.append(f"{MANIFEST}: {name} depends on {other}, and none of its files imports it")
    return sum(map(len, imports.values()))


def main():
    faults = []
    modules = Modules(faults)
    imports = judge_modules(modules, faults)
    for path in listed("Benchmarks"):
        with open(path, encoding="utf-8") as file:
            judge(path, "Benchmarks", file.read(), modules, faults)
    for path in listed("Docs/Examples"):
        with open(path, encoding="utf-8") as file:
            judge(path, "Examples", file.read(), modules, faults)
    for path in listed("Tests"):
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(code(file.read()).split("\n"), 1):
                if "@testable" in line or "@_exported" in line:
                    faults.append(f"{path}:{number}: no @testable and no @_exported: tests use what the module offers")
    for path in listed("Modules") + listed("Benchmarks") + listed("Tests"):
        with open(path, encoding="utf-8") as file:
            judge_constants(path, file.read(), faults)
    if imports == 0:
        faults.append("no import found at all: this check looks in the wrong place")
    for fault in faults:
        print(f"FAILED arrows: {fault}", file=sys.stderr)
    if not faults:
        print(f"{len(modules.targets)} modules, {imports} imports between them, each in the table")
    return 1 if faults else 0


sys.exit(main())
