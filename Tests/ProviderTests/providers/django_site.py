"""What the two Django sites have in common."""

import os
import sys

from .provider import Provider


class DjangoSite(Provider):
    def command(self):
        return [
            sys.executable, "-m", "gunicorn", "--chdir", os.path.dirname(self.script("server.py")),
            "--bind", f"127.0.0.1:{self.port}", "--workers", "1", "--threads", "4", "--log-level", "warning",
            "--no-control-socket", "server:application",
        ]

    def set_up(self):
        self.run(sys.executable, self.script("server.py"), "setup")
