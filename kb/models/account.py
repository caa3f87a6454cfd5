"""People's accounts are Django's own; who gave whom which right is kept like every other change.

Beside them stand what a group demands, who was invited by whom, and sessions that know whose they are.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Group, User
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history import register

from .rules import length_rules
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

INVITATION_LASTS = timedelta(days=7)


class GroupPolicy(models.Model):
    """What a group demands of its members beyond a password."""

    group = models.OneToOneField(Group, models.CASCADE, related_name="policy", verbose_name=_("group"))
    requires_second_factor = models.BooleanField(
        _("requires a second factor"),
        default=False,
        help_text=_(
            "Whoever belongs to the group sets up codes from an authenticator app before reaching anything at the desk."
        ),
    )

    history = Versions()

    class Meta:
        verbose_name = _("demands of a group")
        verbose_name_plural = _("demands of groups")

    def __str__(self):
        return str(self.group)


class InvitationQuerySet(models.QuerySet):
    def open(self, *, now=None):
        """Those whose link still works."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=now or timezone.now())


class Invitation(models.Model):
    """Somebody may set a password for an account that was made for them: once, until a day, by a link of their own.

    Only the hash of the key in the link is kept: whoever reads the database cannot use it.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitation", verbose_name=_("person")
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    invited_at = models.DateTimeField(_("invited at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)

    objects = InvitationQuerySet.as_manager()
    history = Versions(excluded_fields=["key_hash"])

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="kb_invitation_accepted_or_revoked",
                condition=Q(accepted_at=None) | Q(revoked_at=None),
                violation_error_message=_("An invitation is accepted or revoked, not both."),
            ),
            *length_rules("invitation", key_hash=64),
        ]

    def __str__(self):
        return _("Invitation of %(person)s") % {"person": self.person}

    @property
    def state(self) -> str:
        """open, accepted, revoked or expired."""
        if self.accepted_at:
            return "accepted"
        if self.revoked_at:
            return "revoked"
        return "open" if self.expires_at > timezone.now() else "expired"


class Session(AbstractBaseSession):
    """A session that knows its person, so that all of somebody's sessions can be ended at once."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions", verbose_name=_("person")
    )

    class Meta(AbstractBaseSession.Meta):
        pass

    @classmethod
    def get_session_store_class(cls):
        return SessionStore


class SessionStore(DatabaseSessions):
    """The session engine: Django's own, with the person beside the data."""

    @classmethod
    def get_model_class(cls):
        return Session

    def create_model_instance(self, data):
        session = super().create_model_instance(data)
        session.person_id = data.get(SESSION_KEY)
        return session
