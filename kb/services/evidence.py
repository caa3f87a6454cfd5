"""Copies of evidence: the file that was seen, kept with its hash while the check is its author's draft."""

import hashlib

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from kb.models import Evidence, EvidenceCopy, FactCheckStatus, policy
from kb.models.evidence import LARGEST_COPY

from .refusal import Blocker, refuse_if


@transaction.atomic
def keep_copy(evidence: Evidence, *, by: User, name: str, media_type: str, content: bytes) -> EvidenceCopy:
    """Keep the file with this piece of evidence, in place of one that was kept before.

    Raises Refused when it is empty or too large, or the check is no draft of this person.
    """
    policy.require(by, "kb.change_evidence")
    check = evidence.fact_check
    is_own_draft = check.status == FactCheckStatus.DRAFT and check.author_id == by.pk
    refuse_if(
        None if is_own_draft else Blocker(_("A draft is its author's alone."), check),
        None if 0 < len(content) <= LARGEST_COPY else Blocker(_("A copy has at least a byte and at most 3 MB."), check),
    )
    copy, _is_new = EvidenceCopy.objects.update_or_create(
        evidence=evidence,
        defaults={
            "name": name[:255],
            "media_type": media_type,
            "content": content,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "kept_by": by,
        },
    )
    return copy
