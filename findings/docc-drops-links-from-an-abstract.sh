#!/usr/bin/env bash
# docc of Swift 6.3.1: the first paragraph of an article is its abstract. A link in it that docc does not resolve itself, to
# another site or to an absolute path, is dropped together with its text, and no diagnostic says so, not even with
# --warnings-as-errors. The same link in the next paragraph stays. So a sentence loses its words on the page.
#
# Needs the Swift toolchain. Ends with 0 as long as that is so, else with another code.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

swiftc --version 2>/dev/null | sed -n 1p

mkdir "$folder/Sample.docc"
cat >"$folder/Sample.docc/Sample.md" <<'MARKDOWN'
# Sample

Written with [the first link](https://first.example) in its abstract.

@Metadata {
    @TechnologyRoot
}

## Overview

Written with [the second link](https://second.example) in its text.
MARKDOWN

docc convert "$folder/Sample.docc" --fallback-display-name Sample --fallback-bundle-identifier sample \
  --warnings-as-errors --output-path "$folder/site" >"$folder/log" 2>&1 || { cat "$folder/log"; exit 2; }

python3 - "$folder/site/data/documentation/sample.json" <<'PYTHON'
import json, sys

with open(sys.argv[1], encoding="utf-8") as file:
    page = json.load(file)
titles = {one.get("title") for one in page["references"].values()}
abstract = [(part["type"], part.get("text")) for part in page["abstract"]]
print("abstract:", abstract)
print("links that the page knows:", sorted(title for title in titles if title and "link" in title))
if "the second link" not in titles:
    sys.exit("the link in the text is gone too: the page has changed its form")
if "the first link" in titles or any("the first link" in (text or "") for _, text in abstract):
    sys.exit("the link in the abstract is kept")
PYTHON
echo "the link in the abstract is gone with its text, and the one in the text is there"
