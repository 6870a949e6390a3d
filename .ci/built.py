#!/usr/bin/env python3
"""Where the compiler finds the modules of a product: in .build, or in .build-traits if the product stands behind a trait.

usage: .ci/built.py             the products, one a line
       .ci/built.py PRODUCT     the flags for one, one a line
       .ci/built.py --traits    each product behind a trait, with the trait and the packages that the product imports from
"""
import functools
import glob
import json
import os
import subprocess
import sys
import tempfile

root = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))


@functools.cache
def manifest():
    with tempfile.TemporaryDirectory() as scratch:
        command = ["swift", "package", "--package-path", root, "--scratch-path", scratch, "dump-package"]
        return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def products():
    return sorted(one["name"] for one in manifest()["products"] if "library" in one["type"])


def behind_traits():
    """The targets that import from packages."""
    return {one["name"] for one in manifest()["targets"] if any("product" in other for other in one["dependencies"])}


def traits():
    """For each product behind a trait: its name, the trait, and the identities of the packages that it imports from."""
    names = {name for one in manifest()["products"] for name in one["targets"]}
    for target in sorted(manifest()["targets"], key=lambda one: one["name"]):
        taken = [one["product"] for one in target["dependencies"] if "product" in one]
        if target["name"] not in names or not taken:
            continue
        found = {trait for *_, condition in taken for trait in (condition or {}).get("traits", [])}
        if len(found) != 1:
            sys.exit(f"{target['name']} stands behind {len(found)} traits: {' '.join(sorted(found))}")
        yield [target["name"], *found, *sorted({package for _, package, *_ in taken})]


def flags(module):
    """The compiler's flags for whatever imports `module`."""
    folder = os.path.abspath(os.environ.get("BUILD_DIR", f"{root}/.build"))
    maps = glob.glob(f"{root}/Modules/C*/module.modulemap")
    if module in behind_traits():
        folder = os.path.abspath(os.environ.get("TRAITS_BUILD_DIR", f"{root}/.build-traits"))
        maps += glob.glob(f"{folder}/debug/C*.build/module.modulemap") + glob.glob(f"{folder}/debug/_*.build/module.modulemap")
        maps += glob.glob(f"{folder}/checkouts/*/Sources/*/include/module.modulemap")
    return ["-I", f"{folder}/debug/Modules", *(part for one in sorted(maps) for part in ("-Xcc", f"-fmodule-map-file={one}"))]


if __name__ == "__main__" and sys.argv[1:] == ["--traits"]:
    for line in traits():
        print(*line)
elif __name__ == "__main__":
    print("\n".join(flags(sys.argv[1]) if sys.argv[1:] else products()))
