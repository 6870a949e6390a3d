"""Stands between a proxy and the app, and can hang up on the proxy when the app has answered."""

import socket
import threading


class Relay:
    def __init__(self, port, app):
        self._app = app
        self._listener = socket.create_server(("127.0.0.1", port))
        self._lock = threading.Lock()
        self.cut_at = None
        self.seen = []
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self):
        self._listener.close()

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        """One request after the other: requests without bodies, answers with a length."""
        with connection:
            reader = connection.makefile("rb")
            while True:
                head = self._head(reader)
                if not head:
                    return
                target = head.split(b" ", 2)[1].decode()
                answer = self._ask(head)
                with self._lock:
                    self.seen.append(target)
                    cuts = self.cut_at is not None and target.startswith(self.cut_at)
                    if cuts:
                        self.cut_at = None
                if cuts:
                    return
                connection.sendall(answer)

    def _ask(self, head):
        with socket.create_connection(("127.0.0.1", self._app)) as app:
            app.sendall(head)
            reader = app.makefile("rb")
            answer = self._head(reader)
            length = 0
            for line in answer.split(b"\r\n"):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.partition(b":")[2])
            return answer + (reader.read(length) if not head.startswith(b"HEAD ") else b"")

    @staticmethod
    def _head(reader):
        lines = []
        while True:
            line = reader.readline(65536)
            if not line:
                return b""
            lines.append(line)
            if line == b"\r\n":
                return b"".join(lines)
