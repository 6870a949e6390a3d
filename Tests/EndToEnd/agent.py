"""A browser without JavaScript: cookies, redirects and forms. Standard library only."""

import html.parser
import http.client
import json
import threading
import urllib.parse

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
HTML = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"


def origin(url):
    parts = urllib.parse.urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def query(url):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query, keep_blank_values=True))


class Element:
    def __init__(self, tag, attributes, form):
        self.tag, self.attributes, self.form, self.text = tag, attributes, form, ""

    def get(self, name):
        return self.attributes.get(name)


class _Parser(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.elements, self._open = [], []

    def handle_starttag(self, tag, attributes):
        form = next((e for e in reversed(self._open) if e.tag == "form"), None)
        element = Element(tag, {name: value or "" for name, value in attributes}, form)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        while self._open and any(e.tag == tag for e in self._open):
            if self._open.pop().tag == tag:
                return

    def handle_data(self, data):
        for element in self._open:
            element.text += data


class Page:
    """An answer, and what a browser would see in it."""

    def __init__(self, url, status, headers, body):
        self.url, self.status, self.headers = url, status, headers
        self.text = body.decode("utf-8", "replace")
        parser = _Parser()
        # Browsers look into the body where the type is missing, as it is on glewlwyd's page of form_post.
        if "html" in (headers.get("Content-Type") or self.text[:6].lower()):
            parser.feed(self.text)
        self.elements = parser.elements

    @property
    def location(self):
        return self.headers.get("Location")

    def json(self):
        return json.loads(self.text)

    def all(self, tag, **attributes):
        wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
        return [e for e in self.elements if e.tag == tag and all(e.get(n) == v for n, v in wanted.items())]

    def by_id(self, identifier):
        return next((e for e in self.elements if e.get("id") == identifier), None)

    def text_of(self, identifier):
        element = self.by_id(identifier)
        if element is None:
            raise LookupError(f"no #{identifier} on {self.status} {self.url}: {self.text[:300]!r}")
        return element.text.strip()

    def buttons(self, form):
        """What submits a form, in the order of the page."""
        found = [e for e in self.elements if e.form is form and e.tag in ("button", "input")]
        return [e for e in found if e.get("type") == "submit" or (e.tag == "button" and e.get("type") in (None, ""))]

    def attributes_starting(self, name):
        return {e.get(name): e for e in self.elements if e.get(name) is not None}


class Browser:
    """Cookies are kept by host and name, as browsers share them among all ports of a host."""

    def __init__(self, accept=HTML, user_agent="end-to-end"):
        self.accept = accept
        self.user_agent = user_agent
        self.cookies = {}
        self.hops = []
        self.seen_cookies = set()
        self._lock = threading.Lock()

    def copy(self):
        other = Browser(self.accept, self.user_agent)
        other.cookies = {host: dict(jar) for host, jar in self.cookies.items()}
        return other

    def send(self, url, form=None, headers=None):
        """One request, no redirects."""
        if form is None:
            return self.exchange("GET", url, headers=headers)
        return self.exchange("POST", url, urllib.parse.urlencode(form), "application/x-www-form-urlencoded", headers)

    def exchange(self, method, url, body=None, content_type=None, headers=None):
        """One request of any method and body."""
        parts = urllib.parse.urlsplit(url)
        target = urllib.parse.urlunsplit(("", "", parts.path or "/", parts.query, ""))
        fields = {"Accept": self.accept, "User-Agent": self.user_agent, **(headers or {})}
        jar = self.cookies.get(parts.hostname, {})
        if jar:
            fields["Cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())
        if content_type:
            fields["Content-Type"] = content_type
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        try:
            connection.request(method, target, body, fields)
            answer = connection.getresponse()
            page = Page(url, answer.status, answer.headers, answer.read())
        finally:
            connection.close()
        with self._lock:
            self._keep_cookies(parts.hostname, page.headers.get_all("Set-Cookie") or [])
            self.hops.append((url, page.status, page.location))
        return page

    def open(self, url, form=None, headers=None, stop_at=None):
        """Goes to a page as a person would, through redirects. Stops in front of an address that `stop_at` picks, and
        returns the address instead."""
        for _ in range(20):
            if stop_at and stop_at(url):
                return url
            page = self.send(url, form, headers)
            if page.status not in (301, 302, 303, 307, 308) or page.location is None:
                return page
            before, url = url, urllib.parse.urljoin(url, page.location)
            form, headers = None, {"Referer": before}
        raise RuntimeError(f"too many redirects, the last to {url}")

    def submit(self, page, form, press=None, stop_at=None, **typed):
        """Fills in a form and presses a button of it, which may be named by its `value`, `id` or text."""
        fields, wanted = [], dict(typed)
        for element in page.elements:
            name, kind = element.get("name"), element.get("type") or "text"
            if element.tag != "input" or element.form is not form or not name or kind in ("submit", "button", "image"):
                continue
            if kind in ("checkbox", "radio") and element.get("checked") is None:
                continue
            fields.append((name, wanted.pop(name, element.get("value") or "")))
        if wanted:
            raise LookupError(f"the form on {page.url} has no {sorted(wanted)}")
        if press is not None:
            button = press if isinstance(press, Element) else self._button(page, form, press)
            if button.get("name"):
                fields.append((button.get("name"), button.get("value") or ""))
        url = urllib.parse.urljoin(page.url, form.get("action") or page.url)
        if (form.get("method") or "").lower() == "get":
            return self.open(f"{url}?{urllib.parse.urlencode(fields)}", headers={"Referer": page.url}, stop_at=stop_at)
        return self.open(url, fields, {"Origin": origin(page.url), "Referer": page.url}, stop_at)

    @staticmethod
    def _button(page, form, press):
        for element in page.buttons(form):
            if press in (element.get("value"), element.get("id"), element.text.strip()):
                return element
        raise LookupError(f"no button {press!r} on {page.url}")

    def _keep_cookies(self, host, lines):
        jar = self.cookies.setdefault(host, {})
        for line in lines:
            pair, *attributes = [part.strip() for part in line.split(";")]
            name, _, value = pair.partition("=")
            gone = any(a.lower() in ("max-age=0", "max-age=-1") or "1970" in a for a in attributes)
            if gone or not value:
                jar.pop(name, None)
            else:
                jar[name] = value
                self.seen_cookies.add(value)
