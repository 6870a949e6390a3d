"""django-oauth-toolkit. It takes a refresh token for stolen when it comes twice, and wants PKCE."""

import contextlib
import json
import os

from ..django_site import DjangoSite


class Dot(DjangoSite):
    name = "dot"
    software = "django-oauth-toolkit 3.4.1"
    issuer_path = "/o"

    def kill_refresh_tokens(self):
        with self.records() as database:
            database.execute("update oauth2_provider_refreshtoken set revoked = datetime('now')")

    def requests(self, line):
        """How often a request such as `POST /o/token/` came in so far."""
        try:
            with open(os.path.join(self.data, "requests.log"), encoding="utf-8") as log:
                return log.read().splitlines().count(line)
        except FileNotFoundError:
            return 0

    @contextlib.contextmanager
    def fault(self, **fault):
        """For as long as the block runs, requests below `path` are answered after `delay` seconds, or with `html`."""
        place = os.path.join(self.data, "faults.json")
        with open(place + ".new", "w", encoding="utf-8") as file:
            json.dump(fault, file)
        os.rename(place + ".new", place)
        try:
            yield
        finally:
            os.remove(place)

    def resources_of_tokens(self):
        """What each access token is for, in the order of their issue."""
        with self.records() as database:
            found = database.execute("select resource from oauth2_provider_accesstoken order by id")
            return [json.loads(row[0]) for row in found]

    def issued_tokens(self):
        """Every access and refresh token that it ever issued and still has."""
        with self.records() as database:
            return [
                row[0] for table in ("accesstoken", "refreshtoken")
                for row in database.execute(f"select token from oauth2_provider_{table}")
            ]
