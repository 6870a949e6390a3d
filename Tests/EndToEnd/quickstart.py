"""Starts and stops the built quickstart. Each process is known by its id and by nothing else."""

import os
import random
import re
import signal
import socket
import subprocess

from checks import Failed, eventually


def free_ports(count=3):
    """The first of `count` free ports in a row, below the range from which systems pick ports for connections."""
    for _ in range(200):
        first = random.randrange(12000, 32000)
        sockets = []
        try:
            for port in range(first, first + count):
                sockets.append(socket.socket())
                sockets[-1].bind(("127.0.0.1", port))
            return first
        except OSError:
            continue
        finally:
            for each in sockets:
                each.close()
    raise RuntimeError("no free ports")


class Quickstart:
    """The quickstart as a child process, with a log of everything it wrote."""

    running = []

    def __init__(self, folder, port=None, name="quickstart", **settings):
        self.binary = os.environ["QUICKSTART"]
        self.port = port or free_ports()
        self.settings = settings
        self.log_path = os.path.join(folder, f"{name}-{len(os.listdir(folder))}.log")
        self.process = None
        self.accounts = {}

    @property
    def url(self):
        return f"http://localhost:{self.port}"

    @property
    def authorization_server(self):
        return f"http://localhost:{self.port + 1}"

    @property
    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as file:
            return file.read()

    def spawn(self):
        environment = {n: v for n, v in os.environ.items() if not n.startswith(("LOGIN_", "QUICKSTART"))}
        environment.update({"QUICKSTART_PORT": str(self.port)}, **self.settings)
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [self.binary], env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        Quickstart.running.append(self.process)
        return self

    def start(self):
        before = len(self.log) if os.path.exists(self.log_path) else 0
        self.spawn()
        ready = f"quickstart ready: {self.url}"
        eventually(lambda: self._has_ended() or ready in self.log[before:].splitlines(), "quickstart ready", 30)
        if self._has_ended():
            raise Failed(f"quickstart ended with {self.process.returncode}: {self.log[-500:]}")
        line = re.search(r"^accounts: (.*)$", self.log[before:], re.MULTILINE)
        self.accounts = dict(pair.split(":", 1) for pair in line.group(1).split()) if line else {}
        return self

    def wait(self, seconds=30):
        """The exit code."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Failed(f"quickstart still ran after {seconds} s") from None

    def stop(self):
        """Ends it as an operator would, and insists that it ends well."""
        self.process.send_signal(signal.SIGTERM)
        code = self.wait()
        if code != 0:
            raise Failed(f"SIGTERM ended quickstart with {code}: {self.log[-500:]}")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def __enter__(self):
        return self.start()

    def __exit__(self, kind, error, trace):
        if self._has_ended():
            return
        if error is None:
            self.stop()
        else:
            self.kill()

    def _has_ended(self):
        return self.process.poll() is not None


def stop_all():
    """For the end of a run, however it came."""
    for process in Quickstart.running:
        if process.poll() is None:
            process.kill()
            process.wait()
