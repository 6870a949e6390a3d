"""A worker process and the socket to it."""
import os
import select
import signal
import socket
import subprocess
import time

DAY = 86_400
# Records of all proofs end at these times, unless a proof is about time.
IDLE = int(time.time()) + 10 * DAY
ABSOLUTE = IDLE + 10 * DAY


class Gone(Exception):
    """The worker ended; the words are what it said before."""


class Worker:
    """Runs the program, through `wrapper` if one is given, and takes care that it ends with the driver."""

    program = None
    # The same where every user may run it.
    public_program = None
    running = set()
    is_over = False

    def __init__(self, wrapper=(), environment=None, umask=-1, span=(IDLE, ABSOLUTE), program=None):
        if Worker.is_over:
            raise Gone("the proofs were ended")
        ours, theirs = socket.socketpair()
        self.socket = ours
        self.buffer = b""
        with theirs:
            self.process = subprocess.Popen(
                [*wrapper, program or Worker.program], stdin=theirs, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                env={**os.environ, **(environment or {})}, umask=umask)
        Worker.running.add(self)
        if span:
            self.post("span", *span)
            self._owed = 1
        else:
            self._owed = 0

    @property
    def pid(self):
        return self.process.pid

    def post(self, *words):
        """Sends a command without waiting for its answer."""
        try:
            self.socket.sendall((" ".join(str(word) for word in words) + "\n").encode())
        except (BrokenPipeError, ConnectionResetError) as error:
            raise Gone(self.last_words()) from error

    def ask(self, *words, timeout=60):
        self.post(*words)
        return self.answer(timeout)

    def answer(self, timeout=60):
        while self._owed:
            self._owed -= 1
            self._line(timeout)
        return self._line(timeout)

    def _line(self, timeout):
        end = time.monotonic() + timeout
        while b"\n" not in self.buffer:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.socket], [], [], left)[0]:
                raise TimeoutError(f"no answer within {timeout} s")
            if not self._receive():
                raise Gone(self.last_words())
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.decode()

    def _receive(self):
        try:
            octets = self.socket.recv(1 << 20)
        except ConnectionResetError:
            return False
        self.buffer += octets
        return bool(octets)

    def lines_until(self, moment, others=()):
        """Collects what this worker and others say until a moment of time.monotonic()."""
        readers = {worker.socket: worker for worker in (self, *others)}
        while readers and (left := moment - time.monotonic()) > 0:
            for ready in select.select(list(readers), [], [], left)[0]:
                if not readers[ready]._receive():
                    del readers[ready]

    def rest(self, timeout=30):
        """All whole lines until the worker's end."""
        while select.select([self.socket], [], [], timeout)[0]:
            if not self._receive():
                return self.taken()
        raise TimeoutError(f"a worker did not end within {timeout} s")

    def so_far(self):
        """All whole lines until now."""
        while select.select([self.socket], [], [], 0)[0] and self._receive():
            pass
        return self.taken()

    def taken(self):
        """The whole lines that have come."""
        end = self.buffer.rfind(b"\n") + 1
        lines, self.buffer = self.buffer[:end].decode().splitlines(), self.buffer[end:]
        while self._owed and lines:
            lines.pop(0)
            self._owed -= 1
        return lines

    def open(self, store, path, mistake=None):
        return self.ask("open", store, path, *([mistake] if mistake else []))

    def read(self, names):
        """What lies under each name: a pair of number and idle end, or a word."""
        found, names = {}, list(names)
        for start in range(0, len(names), 500):
            for item in self.ask("read", *names[start:start + 500]).split():
                name, state = item.split("=", 1)
                parts = state.split(",")
                found[name] = (int(parts[0]), int(parts[1])) if len(parts) == 2 else state
        return found

    def keys(self, tag):
        answer = self.ask("keys", tag)
        if not answer.startswith("keys"):
            raise RuntimeError(answer)
        return set(answer.split()[1:])

    def signal(self, number):
        if self.process.poll() is None:
            self.process.send_signal(number)

    def kill(self):
        self.signal(signal.SIGKILL)
        return self.wait()

    def wait(self, timeout=60):
        return self.process.wait(timeout)

    def close(self):
        """Ends the worker, however it is."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.socket.close()
        self.process.stderr.close()
        Worker.running.discard(self)

    def last_words(self):
        try:
            self.process.wait(5)
            said = self.process.stderr.read().decode(errors="replace").strip()
        except subprocess.TimeoutExpired:
            said = ""
        return f"exit {self.process.returncode} {said[-300:]}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    @classmethod
    def end_all(cls):
        cls.is_over = True
        for worker in list(cls.running):
            worker.close()


def wait_until_stopped(worker):
    """Waits until no thread of a worker that got SIGSTOP runs or waits for the disk any more."""
    folder = f"/proc/{worker.pid}/task"
    while True:
        states = []
        for task in os.listdir(folder):
            with open(f"{folder}/{task}/stat", encoding="utf-8") as file:
                states.append(file.read().rsplit(")", 1)[1].split()[0])
        if all(state in "Tt" for state in states):
            return
        time.sleep(0.001)
