"""strace on a worker that already runs: its calls fail, or are written down."""
import os
import subprocess
import tempfile
import time


class Trace:
    """Traces the worker from entering to leaving the block; then `lines` holds its calls."""

    def __init__(self, worker, calls, inject=None, paths=False):
        self.worker = worker
        self.file = tempfile.NamedTemporaryFile(prefix="durability-trace-", dir="/dev/shm")
        # A call has to be traced too, or nothing is injected.
        command = ["strace", "-f", "-qq", "-p", str(worker.pid), "-o", self.file.name, "-e", f"trace={calls}"]
        command += ["-e", f"inject={calls}:{inject}"] if inject else []
        command += ["-y", "-s", "16"] if paths else ["-s", "0"]
        self.command = command
        self.lines = []

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        end = time.monotonic() + 20
        while not self._is_attached():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"strace: {self.process.stderr.read().decode()}")
            time.sleep(0.0005)
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait()
        self.process.stderr.close()
        self.lines = self.file.read().decode(errors="replace").splitlines()
        self.file.close()

    @property
    def hit(self):
        """Whether something was injected."""
        return any("(INJECTED)" in line or "--- SIG" in line or "+++ killed" in line for line in self.lines)

    @property
    def kept_a_lock(self):
        """Whether an unlocking was made to fail, which no system does: the process then holds a lock that it does not know of."""
        return any("(INJECTED)" in line and "F_UNLCK" in line for line in self.lines)

    @property
    def acquisitions(self):
        """Which calls, from 1, take a lock."""
        calls = [line for line in self.lines if "F_" in line]
        return [number for number, line in enumerate(calls, 1) if "F_SETLK" in line and "F_UNLCK" not in line]

    def _is_attached(self):
        folder = f"/proc/{self.worker.pid}/task"
        try:
            tasks = os.listdir(folder)
            return bool(tasks) and all(self._tracer(f"{folder}/{task}/status") == self.process.pid for task in tasks)
        except (FileNotFoundError, ProcessLookupError):
            return False

    @staticmethod
    def _tracer(path):
        with open(path, encoding="utf-8") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("TracerPid:"))
