#!/usr/bin/env python3
"""Gate: who may import whom: the doors between the modules, checked against every import in Modules/.

The compiler checks the arrows of the root package as far as Package.swift declares them; this checks Package.swift's
intent, and nested packages, where an import of a module that is no product would slip through.

It also checks that no Swift source names a constant of a C library: whether that is an enumerator or a macro, and of which
type, changes from one release of the library to the next. The shim.h beside its module gives it a type and a name of ours.
"""
import os
import re
import subprocess
import sys

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

LOW = {"WireFormats", "Concurrency", "CryptoPrimitives", "OAuthTypes"}
DOORS = {
    # layer 1
    "Concurrency": set(),
    "CryptoPrimitives": {"Concurrency", "CLibcrypto"},
    "WireFormats": set(),
    # layer 2
    "OAuthTypes": {"WireFormats", "Concurrency", "CryptoPrimitives"},
    # layer 3: no sideways arrow
    "Discovery": LOW,
    "TokenExchange": LOW,
    "APIClient": LOW,
    "AuthURL": LOW,
    "JOSE": LOW,
    "SessionStore": LOW | {"CSQLite"},
    "CurlTransport": LOW | {"CLibcurl"},
    # layer 4
    "SessionStoreTesting": LOW | {"SessionStore"},
    "APIGuard": LOW | {"JOSE", "TokenExchange"},
    # layer 5; DevAuthServer never sees LoginFlow: it must not share the client's mistakes
    "LoginFlow": LOW | {"Discovery", "AuthURL", "TokenExchange", "JOSE", "SessionStore", "APIClient"},
    "DevAuthServer": LOW | {"JOSE"},
}
SYSTEM_LIBRARIES = {"CLibcrypto", "CSQLite", "CLibcurl", "CLibpq", "CHiredis"}
PRODUCTS = set(DOORS) - {"Concurrency", "CryptoPrimitives"}
# layer 6: public products only
DOORS["Walkthrough"] = PRODUCTS
NESTED = {"Benchmarks", "HummingbirdLogin", "LoginTool", "AsyncHTTPClientTransport", "LoginObservability"}
# Only these files may touch C, whatever their module.
C_FILES = {"CLibcrypto": "Modules/CryptoPrimitives/", "CSQLite": "Modules/SessionStore/SQLite/", "CLibcurl": "Modules/CurlTransport/"}
TOOLCHAIN = {"Swift", "Synchronization", "Dispatch", "Glibc", "Musl", "Darwin", "_Concurrency", "_StringProcessing", "RegexBuilder"}

IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+"
    r"(?:(?:struct|class|enum|protocol|func|let|var|typealias)\s+)?(\w+)"
)
ONCE = {
    "clock_gettime": re.compile(r"\bclock_gettime\s*\("),
    "the random source": re.compile(r"\b(SystemRandomNumberGenerator\s*\(|getrandom\s*\(|arc4random|RAND_bytes|RAND_priv_bytes|/dev/u?random)"),
}

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


def judge(path, module, text, faults):
    nested = module in NESTED
    for number, line in enumerate(code(text).split("\n"), 1):
        where = f"{path}:{number}"
        if "@testable" in line or "@_exported" in line:
            faults.append(f"{where}: @testable and @_exported open doors that the design does not have")
        if BARE_SECONDS.search(line) and not path.startswith(TIME_FILES):
            faults.append(f"{where}: arithmetic on a foreign number may overflow: use UnixTime's, or clamp it first")
        found = IMPORT.match(line)
        if found:
            name = found.group(1)
            judge_import(where, path, module, nested, name, faults)


def judge_import(where, path, module, nested, name, faults):
    if name == module:
        return
    if name in SYSTEM_LIBRARIES and not path.startswith(C_FILES.get(name, f"Modules/{module}/")):
        faults.append(f"{where}: only {C_FILES[name]} imports {name}")
    elif name in SYSTEM_LIBRARIES and nested:
        faults.append(f"{where}: a nested package sees products only, not {name}")
    elif nested:
        if name in set(DOORS) - PRODUCTS:
            faults.append(f"{where}: {name} is no product; a nested package sees products only")
    elif name.startswith("Foundation"):
        faults.append(f"{where}: no root target imports Foundation")
    elif name not in DOORS[module] | TOOLCHAIN:
        faults.append(f"{where}: {module} may not import {name}")


def judge_constants(path, text, faults):
    for number, line in enumerate(code(text).split("\n"), 1):
        for name in sorted(set(CONSTANT.findall(line)) - TYPES):
            faults.append(f"{path}:{number}: how a C header spells {name} is its own affair; give it a type in the shim.h of its module")


def main():
    faults, uses, imports = [], {what: set() for what in ONCE}, 0
    for path in listed("Modules"):
        module = path.split("/")[1]
        with open(path, encoding="utf-8") as file:
            text = file.read()
        if os.path.basename(path) == "Package.swift" or "/Tests/" in path:
            continue
        if module not in DOORS and module not in NESTED:
            faults.append(f"{path}: the doors do not know the module {module}; add it to .ci/arrows.py and to the architecture")
            continue
        judge(path, module, text, faults)
        imports += sum(1 for line in code(text).split("\n") if IMPORT.match(line))
        for what, pattern in ONCE.items():
            if module not in NESTED and pattern.search(code(text)):
                uses[what].add(path)
    for what, paths in uses.items():
        if len(paths) != 1:
            faults.append(f"{what} belongs in exactly one file, found in: {', '.join(sorted(paths)) or 'none'}")
    for path in listed("Benchmarks"):
        with open(path, encoding="utf-8") as file:
            judge(path, "Benchmarks", file.read(), faults)
    for path in listed("Tests"):
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(code(file.read()).split("\n"), 1):
                if "@testable" in line or "@_exported" in line:
                    faults.append(f"{path}:{number}: tests go through the doors too: no @testable, no @_exported")
    for path in listed("Modules") + listed("Benchmarks") + listed("Tests"):
        with open(path, encoding="utf-8") as file:
            judge_constants(path, file.read(), faults)
    if imports == 0:
        faults.append("no import found at all: this check looks in the wrong place")
    for fault in faults:
        print(f"FAILED arrows: {fault}", file=sys.stderr)
    if not faults:
        print(f"{imports} imports, all through the doors")
    return 1 if faults else 0


sys.exit(main())
