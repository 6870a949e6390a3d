#!/usr/bin/env python3
"""Stands in for an API gateway: turns each HTTP request into an event and hands it to a function, one after another.

usage: gateway.py PORT FUNCTION...
"""
import base64
import http.server
import json
import signal
import subprocess
import sys


class Gateway(http.server.BaseHTTPRequestHandler):
    def answer(self):
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), 1 << 20))
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items() if name.lower() != "cookie"}
        cookies = [one.strip() for line in self.headers.get_all("Cookie", []) for one in line.split(";")]
        event = {
            "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": query, "cookies": cookies, "headers": headers,
            "requestContext": {"http": {"method": self.command, "path": path, "sourceIp": self.client_address[0]}},
            "body": base64.b64encode(body).decode(), "isBase64Encoded": True,
        }
        function.stdin.write(json.dumps(event).encode() + b"\n")
        function.stdin.flush()
        result = json.loads(function.stdout.readline())
        self.send_response(result["statusCode"])
        for name, value in result.get("headers", {}).items():
            self.send_header(name, value)
        for cookie in result.get("cookies", []):
            self.send_header("Set-Cookie", cookie)
        page = result.get("body", "").encode()
        if "Content-Length" not in result.get("headers", {}):
            self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    do_GET = do_HEAD = do_POST = answer

    def log_message(self, *_):
        pass


def stop(*_):
    raise SystemExit


signal.signal(signal.SIGTERM, stop)
signal.signal(signal.SIGINT, stop)
function = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
try:
    http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Gateway).serve_forever()
finally:
    # The end of its input ends the function.
    function.stdin.close()
    function.wait(30)
