"""Providers by other authors, each started, changed and stopped by the tests. See provider.py."""

from .allauth import Allauth
from .authlib import Authlib
from .canaille import Canaille
from .doorkeeper import Doorkeeper
from .dot import Dot
from .glewlwyd import Glewlwyd

# Slow starters first.
ALL = (Doorkeeper, Canaille, Allauth, Dot, Authlib, Glewlwyd)
