#!/usr/bin/env python3
"""The site of `make docs`: catalogs out of the Markdown files, an index page, and a check of every link.

usage: .ci/site.py prepare FOLDER     writes a catalog for each product and one for the guides, for docc to convert
       .ci/site.py finish SITE        writes SITE/index.html and checks that each link of the site leads somewhere

The files in Docs and Modules/*/Documentation.docc are the one source, and their links lead from file to file. A link to a document
becomes one to its page, a link to another file of the repository only its text. Docs/Site/Guides.md names every document once.
"""
import glob
import html
import json
import os
import re
import shutil
import sys
from collections import namedtuple

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
LANDING = "Docs/Site/Guides.md"
FENCE = re.compile(r"(^```.*?^```$)", re.M | re.S)
COMMENT = re.compile(r"<!--.*?-->\n?", re.S)
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]+)\)")
HEADING = re.compile(r"^#{2,6} +(.*?) *$", re.M)
LISTED = re.compile(r"^- \[[^\]]*\]\(([^()\s]+)\)$", re.M)
OUTSIDE = re.compile(r"^(https?|mailto):")
Entry = namedtuple("Entry", "url title text")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def pages():
    """The address of the page of each document."""
    found = {LANDING: "/documentation/guides"}
    for path in sorted(glob.glob("Docs/*.md") + glob.glob("Docs/[!S]*/*.md") + glob.glob("Docs/Security/*.md")):
        found[path] = f"/documentation/guides/{os.path.basename(path).removesuffix('.md').lower()}"
    for path in sorted(glob.glob("Modules/*/Documentation.docc/*.md")):
        found[path] = f"/documentation/{os.path.basename(path).removesuffix('.md').lower()}"
    for path in sorted(glob.glob("Docs/Tutorials/*.tutorial")):
        name = os.path.basename(path).removesuffix(".tutorial").lower()
        found[path] = "/tutorials/tutorials" if name == "tutorials" else f"/tutorials/guides/{name}"
    if len(set(found.values())) != len(found):
        sys.exit("FAILED docs: two documents have one name")
    return found


def name_of(document):
    return os.path.splitext(os.path.basename(document))[0]


def is_of_the_guides(document):
    return document.startswith("Docs/")


def slug(heading):
    """A heading as repositories write it in addresses."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def anchor(heading):
    """A heading as docc writes it in addresses."""
    return re.sub(r"[\s-]+", "-", re.sub(r"[`'\"“”‘’,]", "", heading).strip())


class Converter:
    def __init__(self):
        self.pages, self.faults, self.images = pages(), [], {}

    def page(self, document):
        """The document for docc."""
        parts = FENCE.split(COMMENT.sub("", self._whole_blocks(read(document))))
        text = "".join(
            part if part.startswith("```") else LINK.sub(lambda one: self.link(one, document), part) for part in parts)
        # In a page's abstract, docc drops the text of a link that is not its own.
        title, abstract, rest = (text.split("\n\n", 2) + ["", ""])[:3]
        return "\n\n".join([title, LINK.sub(lambda one: one[0] if one[3].startswith("doc:") else one[2], abstract), rest]).replace("\0", "")

    @staticmethod
    def _whole_blocks(text):
        # A comment inside of code is code.
        return "".join(part.replace("<!--", "<!\0--") if part.startswith("```") else part for part in FENCE.split(text))

    def link(self, found, document):
        image, text, target = found.groups()
        if OUTSIDE.match(target):
            return found[0]
        path, _, fragment = target.partition("#")
        path = os.path.normpath(os.path.join(os.path.dirname(document), path)) if path else document
        if image and os.path.isfile(path):
            self.images[os.path.basename(path)] = path
            return f"![{text}]({os.path.basename(path)})"
        if path in self.pages:
            is_near = is_of_the_guides(path) and is_of_the_guides(document)
            place = f"doc:{name_of(path)}" if is_near else self.pages[path]
            return f"[{text}]({place}{self._fragment(path, fragment, document)})"
        if not os.path.exists(path):
            self.faults.append(f"{document}: nothing is at {target}")
        return text

    def _fragment(self, path, fragment, document):
        if not fragment:
            return ""
        for heading in HEADING.findall(FENCE.sub("", read(path))):
            if slug(heading) == fragment:
                return f"#{anchor(heading)}"
        self.faults.append(f"{document}: {path} has no heading #{fragment}")
        return ""


def prepare(folder):
    converter = Converter()
    guides = os.path.join(folder, "Guides.docc")
    for path, url in converter.pages.items():
        if url.startswith("/documentation/guides/"):
            write(os.path.join(guides, os.path.basename(path)), converter.page(path))
    write(os.path.join(guides, "Guides.md"), landing(converter))
    for path in glob.glob("Docs/Tutorials/**/*.*", recursive=True):
        copy = os.path.join(guides, os.path.relpath(path, "Docs"))
        write(copy, converter.page(path)) if path.endswith(".tutorial") else copied(path, copy)
    for name, path in converter.images.items():
        copied(path, os.path.join(guides, name))
    for product in sys.stdin.read().split():
        source = f"Modules/{product}/Documentation.docc/{product}.md"
        if not os.path.isfile(source):
            converter.faults.append(f"{product} has no page: {source}")
            continue
        write(os.path.join(folder, f"{product}.docc", f"{product}.md"), converter.page(source))
    return converter.faults


def copied(path, copy):
    os.makedirs(os.path.dirname(copy), exist_ok=True)
    shutil.copyfile(path, copy)


def landing_text():
    decisions = [f"- [{path}](../../{path})\n" for path in sorted(glob.glob("Docs/Decisions/*.md"))]
    return f"{read(LANDING)}\n### Decisions\n\n{''.join(decisions)}"


def landing(converter):
    """The first page of the guides, whose lists of documents become topics."""
    text, listed = landing_text(), []

    def topic(found):
        path = os.path.normpath(os.path.join(os.path.dirname(LANDING), found[1]))
        if path not in converter.pages:
            converter.faults.append(f"{LANDING}: nothing is at {found[1]}")
        listed.append(path)
        return f"- <doc:{name_of(path)}>"

    text = LINK.sub(lambda one: converter.link(one, LANDING), LISTED.sub(topic, text))
    wanted = {path for path, url in converter.pages.items() if url.startswith("/documentation/guides/")}
    converter.faults += [f"{LANDING} does not list {path}" for path in sorted(wanted - set(listed))]
    return text


class Site:
    def __init__(self, folder):
        self.folder = folder

    def page(self, url):
        """What docc wrote for the page at this address; nil where there is none."""
        path = f"{self.folder}/data{url}.json"
        return json.loads(read(path)) if os.path.isfile(path) else None

    def faults(self):
        """The links that lead nowhere, and what the site would load from elsewhere."""
        anchors = {}
        for path in sorted(glob.glob(f"{self.folder}/data/**/*.json", recursive=True)):
            page = json.loads(read(path))
            chapters = {one["reference"] for one in page.get("hierarchy", {}).get("modules", [])}  # docc writes no pages for them
            known = page.get("references", {})
            urls = [one.get("url", "") for name, one in known.items() if name not in chapters]
            lost = [url for url in urls if url and not OUTSIDE.match(url) and not self._leads_somewhere(url, anchors)]
            lost += set(inline_references({**page, "references": {}})) - set(known)
            yield from (f"{path.removeprefix(self.folder + '/data')}: nothing is at {url}" for url in lost)
        for path in glob.glob(f"{self.folder}/**/*.css", recursive=True) + [f"{self.folder}/index.html"]:
            for found in re.findall(r"(?:src=\"|url\(|<link[^>]*href=\")(https?:[^\")]*)", read(path)):
                yield f"{path}: loads {found}"

    def _leads_somewhere(self, url, anchors):
        path, _, fragment = url.partition("#")
        if not path.startswith("/"):
            return False
        if path not in anchors:
            page = self.page(path)
            anchors[path] = None if page is None else set(re.findall(r'"anchor": "([^"]*)"', json.dumps(page, ensure_ascii=False)))
        known = anchors[path]
        return known is not None and (not fragment or fragment in known)

    def entry(self, url):
        page = self.page(url)
        if page is None:
            sys.exit(f"FAILED docs: the site lacks {url}")
        sections = page.get("sections", [])
        title = page["metadata"].get("title") or sections[0].get("title", url)
        parts = page.get("abstract") or next((one["content"][0]["inlineContent"] for one in sections if one.get("content")), [])
        return Entry(url, title, first_sentence(plain(parts, page)))


def inline_references(value):
    """What the texts of a page refer to."""
    if isinstance(value, list):
        for one in value:
            yield from inline_references(one)
    elif isinstance(value, dict):
        if value.get("type") == "reference" and value.get("isActive"):
            yield value["identifier"]
        for one in value.values():
            yield from inline_references(one)


def plain(parts, page):
    """The text of inline content."""
    text = ""
    for part in parts:
        reference = page["references"].get(part.get("identifier"), {})
        text += part.get("text") or part.get("code") or reference.get("title") or plain(part.get("inlineContent", []), page)
    return " ".join(text.split())


def first_sentence(text):
    return re.split(r"(?<=[.:])(?: (?=[A-Z])|$)", text, maxsplit=1)[0].rstrip(":")


PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>swift-login-flow</title><link rel="icon" href="/favicon.ico"><style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 62rem; margin: 3rem auto; padding: 0 1.25rem; }
h1 { margin-bottom: 0; } h2 { margin-top: 2.5rem; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
dl { display: grid; grid-template-columns: 17rem 1fr; gap: .6rem 1.5rem; margin: 0; }
dd { margin: 0; } a { color: LinkText; text-decoration: none; } a:hover { text-decoration: underline; }
@media (max-width: 45rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .8rem; } }
</style></head><body>
<h1>swift-login-flow</h1>
<p>The login of a server-side Swift app: OAuth 2.0 authorization code flow and OpenID Connect.</p>
<main>SECTIONS</main></body></html>
"""


def section(title, entries):
    rows = "".join(
        f'<dt><a href="{one.url}/">{html.escape(one.title)}</a></dt><dd>{html.escape(one.text)}</dd>\n' for one in entries)
    return f"<h2>{html.escape(title)}</h2>\n<dl>{rows}</dl>\n"


def finish(folder):
    site, known, sections = Site(folder), pages(), []
    tutorials = [url for path, url in known.items() if url.startswith("/tutorials/guides/")]
    if tutorials:
        sections.append(section("Tutorials", map(site.entry, tutorials)))
    first, *groups = re.split(r"^### +(.*)$", landing_text(), flags=re.M)
    for title, text in zip(groups[::2], groups[1::2]):
        paths = [os.path.normpath(os.path.join("Docs/Site", one)) for one in LISTED.findall(text)]
        urls = [known[path] for path in paths if known[path].startswith("/documentation/")]
        if urls:
            sections.append(section(title, map(site.entry, urls)))
    products = [url for path, url in known.items() if path.startswith("Modules/")]
    sections.insert(2, section("Products", map(site.entry, products)))
    write(f"{folder}/theme-settings.json", "{}\n")  # docc's pages ask for it
    write(f"{folder}/index.html", PAGE.replace("SECTIONS", "".join(sections)))
    return list(site.faults())


def main():
    actions = {"prepare": prepare, "finish": finish}
    if len(sys.argv) != 3 or sys.argv[1] not in actions:
        sys.exit(__doc__)
    faults = actions[sys.argv[1]](sys.argv[2])
    for fault in faults:
        print(f"FAILED docs: {fault}", file=sys.stderr)
    return 1 if faults else 0


sys.exit(main())
