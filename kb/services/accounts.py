"""What must hold of accounts whoever changes them: somebody can always administer, and rights that change end sessions."""

from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.db.models import Q
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _

from kb.models import Session, policy

from .refusal import Blocker, refuse_if


def administrators():
    """Active people of the desk who may look after other people's accounts."""
    app, codename = policy.ADMINISTER.split(".")
    right = Permission.objects.filter(content_type__app_label=app, codename=codename)
    holds_it = Q(is_superuser=True) | Q(groups__permissions__in=right) | Q(user_permissions__in=right)
    return User.objects.filter(holds_it, is_active=True, is_staff=True).distinct()


def keep_an_administrator() -> None:
    """Call at the end of a transaction that took rights away. Raises Refused when nobody is left to give them back."""
    refuse_if(
        None
        if administrators().exists()
        else Blocker(_("Nobody would be left who may look after accounts: make somebody else administrator first."))
    )


@transaction.atomic
def sign_out(person: User, *, by: User) -> None:
    """End all sessions of the person, on whatever device."""
    policy.require(by, policy.ADMINISTER)
    refuse_if(_if_above(person, by))
    _end_sessions(person)


@transaction.atomic
def remove_second_factor(person: User, *, by: User) -> None:
    """For somebody who lost both telephone and recovery codes. They sign in by password then, and set up a new one."""
    policy.require(by, policy.ADMINISTER)
    refuse_if(
        _if_above(person, by),
        None if person.authenticator_set.exists() else Blocker(_("There is no second factor to remove."), person),
    )
    person.authenticator_set.all().delete()
    _end_sessions(person)


def _if_above(person: User, by: User) -> Blocker | None:
    is_above = person.is_superuser and not by.is_superuser
    return Blocker(_("Only a superuser looks after a superuser's account."), person) if is_above else None


def _end_sessions(person: User) -> None:
    Session.objects.filter(person=person).delete()


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
def _rights_changed(action, instance, pk_set, reverse, **kwargs):
    """Whoever gains or loses a role signs in anew: no session outlives the rights it began with."""
    if action not in ("post_add", "post_remove", "pre_clear"):
        return
    if not reverse:
        people = [instance.pk] if pk_set or action == "pre_clear" else []
    else:
        people = instance.user_set.values("pk") if action == "pre_clear" else pk_set
    if people is not None:
        Session.objects.filter(person__in=people).delete()


STANDING = ("is_active", "is_staff", "is_superuser")


@receiver(pre_save, sender=User)
def _remember_standing(instance, update_fields, raw, **kwargs):
    """Signing in saves one column of the user, and asks nothing here."""
    touches = update_fields is None or not {*STANDING}.isdisjoint(update_fields)
    instance._standing_before = (
        User.objects.filter(pk=instance.pk).values_list(*STANDING).first()
        if instance.pk and touches and not raw
        else None
    )


@receiver(post_save, sender=User)
def _standing_changed(instance, created, **kwargs):
    before = instance.__dict__.pop("_standing_before", None)
    if before and before != tuple(getattr(instance, name) for name in STANDING):
        _end_sessions(instance)


@receiver(m2m_changed, sender=Group.permissions.through)
def _rights_of_group_changed(action, instance, reverse, pk_set, **kwargs):
    """A group that changes its rights changes the role of all its members."""
    if action not in ("post_add", "post_remove", "pre_clear"):
        return
    groups = [instance.pk] if not reverse else (pk_set or instance.group_set.values("pk"))
    if pk_set or action == "pre_clear":
        Session.objects.filter(person__groups__in=groups).delete()
