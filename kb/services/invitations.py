"""Who may come to the desk: an administrator makes the account, the person sets the password by a link of their own."""

import hashlib
import secrets

from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import Invitation, policy
from kb.models.account import INVITATION_LASTS

from .refusal import Blocker, refuse_if


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _new_key() -> str:
    return secrets.token_urlsafe(32)


@transaction.atomic
def invite(
    username: str, *, email: str, groups: list[Group], by: User, first_name: str = "", last_name: str = ""
) -> tuple[Invitation, str]:
    """Make an account without a password; returns the invitation and the key of its link, which is kept nowhere.

    Raises:
        Refused: an account has this address or name already, or a group goes beyond what the inviter holds.
    """
    policy.require(by, policy.INVITE)
    known = User.objects.filter(email__iexact=email).first()
    namesake = User.objects.filter(username__iexact=username).first()
    refuse_if(
        Blocker(_("An account has this e-mail address already."), known) if known else None,
        Blocker(_("An account has this user name already."), namesake) if namesake else None,
        None if groups else Blocker(_("Choose at least one group: without one the account may do nothing.")),
        _if_beyond(groups, by),
    )
    person = User.objects.create_user(username, email=email, first_name=first_name, last_name=last_name, is_staff=True)
    person.groups.set(groups)
    now, key = timezone.now(), _new_key()
    invitation = Invitation(
        person=person, invited_by=by, invited_at=now, expires_at=now + INVITATION_LASTS, key_hash=_hash(key)
    )
    invitation._history_user = by
    invitation.save()
    return invitation, key


@transaction.atomic
def renew(invitation: Invitation, *, by: User) -> str:
    """A new link, good for another week; the one before is dead. Returns its key. Raises Refused once accepted."""
    policy.require(by, policy.INVITE)
    _refuse_if_accepted(invitation)
    key = _new_key()
    invitation.key_hash, invitation.expires_at = _hash(key), timezone.now() + INVITATION_LASTS
    invitation.revoked_at = None
    invitation.person.is_active = True
    invitation.person.save(update_fields=["is_active"])
    return _save(invitation, by, key)


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> Invitation:
    """The link is dead and the account out of use; sending the invitation again brings both back."""
    policy.require(by, policy.INVITE)
    _refuse_if_accepted(invitation)
    refuse_if(Blocker(_("It is revoked already."), invitation) if invitation.revoked_at else None)
    invitation.revoked_at = timezone.now()
    invitation.person.is_active = False
    invitation.person.save(update_fields=["is_active"])
    return _save(invitation, by, invitation)


def find(key: str) -> Invitation | None:
    """The open invitation that this key belongs to."""
    found = Invitation.objects.open().select_related("person").filter(key_hash=_hash(key)).first()
    return found if found and found.person.is_active and not found.person.has_usable_password() else None


@transaction.atomic
def accept(key: str, password: str) -> User:
    """Set the password of the invited person: once. Raises Refused when the link is used, revoked or too old."""
    found = find(key)
    now = timezone.now()
    # The loser of two submissions at once finds the row accepted.
    won = found and Invitation.objects.open(now=now).filter(pk=found.pk, key_hash=_hash(key)).update(accepted_at=now)
    refuse_if(None if won else Blocker(_("This invitation was used, revoked, or is too old: ask for a new one.")))
    found.person.set_password(password)
    found.person.save(update_fields=["password"])
    found.refresh_from_db()
    found._history_user = found.person
    found.save()
    return found.person


def _if_beyond(groups: list[Group], by: User) -> Blocker | None:
    """Nobody hands out, through somebody else's account, rights they lack."""
    if by.is_superuser:
        return None
    held = by.get_all_permissions()
    rights = Permission.objects.filter(group__in=groups).values_list("content_type__app_label", "codename")
    if all(f"{app}.{codename}" in held for app, codename in rights):
        return None
    return Blocker(_("A group you chose may do more than you: ask somebody who may as much."))


def _refuse_if_accepted(invitation: Invitation) -> None:
    # The row is locked and read again, so that an acceptance at the same moment is seen.
    stored = Invitation.objects.select_for_update().get(pk=invitation.pk)
    refuse_if(Blocker(_("The invitation was accepted already."), invitation) if stored.accepted_at else None)


def _save(invitation: Invitation, by: User, answer):
    invitation._history_user = by
    invitation.save()
    return answer
