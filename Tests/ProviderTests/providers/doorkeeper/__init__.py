"""doorkeeper-openid_connect on Rails: ID tokens of two minutes, and Basic secrets taken without decoding."""

from ..provider import Provider


class Doorkeeper(Provider):
    name = "doorkeeper"
    software = "doorkeeper 5.5.0 with doorkeeper-openid_connect 1.8.0"
    secret_start = ""

    def command(self):
        return ["ruby", self.script("server.rb")]

    def set_up(self):
        self.run("ruby", self.script("server.rb"), "setup")

    def kill_refresh_tokens(self):
        with self.records() as database:
            database.execute("update oauth_access_tokens set refresh_token = null")
