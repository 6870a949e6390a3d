"""django-allauth as an OpenID provider, with its own pages. It takes Basic secrets as they are, without decoding."""

from ..django_site import DjangoSite


class Allauth(DjangoSite):
    name = "allauth"
    software = "django-allauth 65.21.1"
    secret_start = ""

    def kill_refresh_tokens(self):
        with self.records() as database:
            database.execute("delete from allauth_idp_oidc_token where type = 'rt'")
