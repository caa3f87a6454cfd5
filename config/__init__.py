"""How this installation runs: settings, addresses, the server's entry point and the admin site."""

from . import sqlite

sqlite.use_fixed_version()
