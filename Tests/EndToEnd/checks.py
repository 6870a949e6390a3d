"""One line per check, and a sum at the end."""

import contextlib
import threading
import time
import traceback


class Failed(Exception):
    """An expectation that does not hold."""


def expect(holds, message):
    if not holds:
        raise Failed(message)


def expect_equal(found, wanted, what="value"):
    expect(found == wanted, f"{what} is {found!r}, not {wanted!r}")


def expect_in(part, whole, what="text"):
    expect(part in whole, f"{what} lacks {part!r}: {whole[:300]!r}")


def eventually(condition, what, seconds=20):
    """Polls until the condition gives something true, and returns that."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise Failed(f"{what}: not within {seconds} s")


class Result:
    passed = False


class Checks:
    """Counts checks; several threads may run some."""

    def __init__(self):
        self.passed = 0
        self.failed = 0
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def __call__(self, name):
        """Runs one check. What goes wrong in it is told and counted, and the next check goes on."""
        started, result = time.monotonic(), Result()
        try:
            yield result
        except Failed as failure:
            self._failed(name, str(failure))
        except Exception as error:  # A check that breaks has failed, whatever broke it.
            place = traceback.extract_tb(error.__traceback__)[-1]
            self._failed(name, f"{type(error).__name__}: {error} ({place.filename.rsplit('/', 1)[-1]}:{place.lineno})")
        else:
            result.passed = True
            with self._lock:
                self.passed += 1
            print(f"ok {name} ({time.monotonic() - started:.1f} s)", flush=True)

    def _failed(self, name, reason):
        with self._lock:
            self.failed += 1
        print(f"FAIL {name}: {reason[:1000]}", flush=True)

    def summary(self):
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed or not self.passed else 0
