"""Connections that break off: the app answers what it can and closes each of them."""

import socket
import threading
import time

from checks import expect, expect_equal, expect_in

# The app waits 30 seconds for a request, and 5 for a client that does not speak HTTP.
PATIENCE = 45


class Caller:
    """Sends octets and notes what comes back and when the connection ends."""

    def __init__(self, port, octets):
        self.answer, self.seconds = b"", None
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.settimeout(PATIENCE)
        self._started = time.monotonic()
        self._thread = threading.Thread(target=self._run, args=(octets,), daemon=True)
        self._thread.start()

    def _run(self, octets):
        with self._socket:
            try:
                self._socket.sendall(octets)
                while True:
                    part = self._socket.recv(65536)
                    if not part:
                        break
                    self.answer += part
                # The app has ended its half. It has to close the connection although this half stays open.
                while True:
                    time.sleep(0.5)
                    self._socket.sendall(b"x")
                    if time.monotonic() - self._started > PATIENCE:
                        return
            except TimeoutError:
                return
            except OSError:
                pass
            self.seconds = time.monotonic() - self._started

    def finish(self):
        self._thread.join(PATIENCE + 5)
        return self

    @property
    def status(self):
        return int(self.answer.split(b" ", 2)[1]) if self.answer else None


def begin(port):
    """Starts all of them; they end while other checks run."""
    body = b"x" * 200_000
    return {
        "nothing": Caller(port, b""),
        "half a head": Caller(port, b"GET / HTTP/1.1\r\nHost: a\r\nX-A: "),
        "half a body": Caller(port, b"POST /logout HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc"),
        "a head over 80 KB": Caller(port, b"GET / HTTP/1.1\r\nHost: a\r\nX-A: " + b"a" * 100_000 + b"\r\n\r\n"),
        "a long body": Caller(
            port, b"POST /logout HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\nConnection: close\r\n"
            b"Content-Length: 200000\r\n\r\n" + body),
        "a body without end": Caller(
            port, b"POST /callback HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\nConnection: close\r\n"
            b"Content-Length: 900000000\r\n\r\n" + body * 10),
    }


def end(check, callers):
    for name, status in (("a head over 80 KB", 400), ("a long body", 413), ("a body without end", 413)):
        with check(f"connections: {name} is answered with {status}, and the connection is given up"):
            caller = callers[name].finish()
            expect_equal(caller.status, status, "status")
            expect(caller.seconds is not None, "the connection is still open")
            if status == 413:
                expect_in(b"This form is too long", caller.answer, "the page")
    for name in ("nothing", "half a head", "half a body"):
        with check(f"connections: one that sends {name} is given up"):
            expect(callers[name].finish().seconds is not None, "the connection is still open")
