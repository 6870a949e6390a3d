"""All checks of this folder, and an end to all processes whatever happens. Arguments pick parts by name."""

import os
import shutil
import signal
import sys
import tempfile

import embedded
import foreign
import matrix
import quickstart
from checks import Checks
from providers import provider


def main():
    # An exception runs the `finally` blocks, which end the servers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    check = Checks()
    folder = tempfile.mkdtemp(prefix="login-flow-")
    try:
        for part in (embedded, foreign, matrix):
            if len(sys.argv) > 1 and part.__name__ not in sys.argv[1:]:
                continue
            with check(f"{part.__name__} ran to its end"):
                os.mkdir(os.path.join(folder, part.__name__))
                part.run(check, os.path.join(folder, part.__name__), quickstart.free_ports())
            quickstart.stop_all()
    finally:
        quickstart.stop_all()
        provider.stop_all()
        if os.environ.get("KEEP_LOGS"):
            print(f"logs are in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return check.summary()


sys.exit(main())
