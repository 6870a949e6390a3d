"""The examples and their provider as child processes. Each is known by its id and by nothing else."""

import os
import signal
import socket
import subprocess
import sys
import time

from agent import Browser
from checks import eventually, expect, expect_equal

EXAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Docs", "Examples")


class Program:
    """A program that listens on 127.0.0.1 and ends well on SIGTERM."""

    running = []

    def __init__(self, name, port, folder, settings):
        self.name, self.port, self.settings, self.process = name, port, settings, None
        self.log_path = os.path.join(folder, f"{name}.log")

    @property
    def url(self):
        return f"http://localhost:{self.port}"

    @property
    def command(self):
        return [os.path.join(os.environ["EXAMPLES"], self.name)]

    @property
    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as file:
            return file.read()

    def start(self):
        environment = {n: v for n, v in os.environ.items() if not n.startswith("LOGIN_")}
        environment.update(PORT=str(self.port), **self.settings)
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                self.command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=os.path.dirname(self.log_path))
        Program.running.append(self.process)
        eventually(lambda: self.process.poll() is not None or self.listens(), f"{self.name} listens")
        expect(self.process.poll() is None, f"{self.name} ended with {self.process.returncode}: {self.log[-500:]}")
        return self

    def listens(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            return True
        except OSError:
            return False

    def stop(self, seconds=20):
        """Ends it as an operator would, and tells how long that took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(seconds)
        expect_equal(code, 0, f"exit code of {self.name} after SIGTERM ({self.log[-300:]!r}); it")
        return time.monotonic() - began

    @classmethod
    def stop_all(cls):
        """For the end of a run, however it came."""
        for process in cls.running:
            if process.poll() is None:
                process.kill()
                process.wait()


class Function(Program):
    """A function behind the gateway of its folder."""

    @property
    def command(self):
        gateway = os.path.join(EXAMPLES, self.name, "gateway.py")
        return [sys.executable, gateway, str(self.port), *super().command]


class Person(Browser):
    """A browser that remembers what cookies it was given, with their attributes."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def _keep_cookies(self, host, lines):
        self.lines += lines
        super()._keep_cookies(host, lines)


def exchange(port, octets, seconds=20):
    """Writes to a connection, and reads until the other side closes it."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        try:
            connection.sendall(octets)
        except OSError:
            pass  # It was closed before it had read everything.
        answer = b""
        while True:
            try:
                part = connection.recv(65536)
            except OSError:
                return answer
            if not part:
                return answer
            answer += part
