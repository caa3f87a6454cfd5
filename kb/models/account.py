"""People's accounts are Django's own; who gave whom which right is kept like every other change."""

from django.contrib.auth.models import Group, User
from simple_history import register

from .versions import Versions

# Names, addresses and passwords are nobody's to read later: what an account may do is.
register(
    User,
    app="kb",
    records_class=Versions,
    excluded_fields=["password", "last_login", "date_joined", "email", "first_name", "last_name"],
    links=("groups", "user_permissions"),
)
register(Group, app="kb", records_class=Versions, links=("permissions",))
