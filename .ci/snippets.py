#!/usr/bin/env python3
"""Gate: code that documents quote from a file is that file: a block after `<!-- snippet: PATH -->` must equal it.

usage: .ci/snippets.py [update]
"""
import glob
import os
import re
import sys

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
# A reader turns the trait on in Package.swift; the condition around a whole file is no part of the example.
TRAIT = re.compile(r"\A#if \w+\n\n(.*)\n#endif\n\Z", re.S)
BLOCK = re.compile(r"(<!-- snippet: (\S+) -->\n```swift\n)(.*?)(```)", re.S)


def without_trait(code):
    found = TRAIT.match(code)
    return re.sub(r"^    ", "", found[1], flags=re.M) if found else code


def main():
    update = sys.argv[1:] == ["update"]
    count, stale = 0, []
    documents = glob.glob("Docs/**/*.md", recursive=True) + glob.glob("Modules/*/Documentation.docc/*.md")
    for document in ["README.md", *sorted(documents)]:
        with open(document, encoding="utf-8") as file:
            text = file.read()

        def quote(match):
            nonlocal count
            count += 1
            with open(match[2], encoding="utf-8") as file:
                code = without_trait(file.read())
            if match[3] != code:
                stale.append(f"{document}: the block is not {match[2]}")
            return match[1] + code + match[4]

        fresh = BLOCK.sub(quote, text)
        if update and fresh != text:
            with open(document, "w", encoding="utf-8") as file:
                file.write(fresh)
    if count == 0:
        sys.exit("snippets: no quoted code found, so nothing was compared")
    if stale and not update:
        sys.exit("\n".join(stale) + "\nrun .ci/snippets.py update")
    print(f"{count} quoted files are as they stand")


if __name__ == "__main__":
    main()
