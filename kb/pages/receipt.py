"""What the browser of a reader may remember of a page, to tell on the next visit what has changed; it is sent nowhere."""

from collections.abc import Iterable

from .claims import ClaimSummary
from .corrections import Entry


def receipt(address: str, claims: Iterable[ClaimSummary], corrections: Iterable[Entry]) -> dict:
    """The verdicts and corrections of a page as it stands, as JSON; the words of the text are on the page anyway."""
    return {
        "address": address,
        "claims": {
            claim.address: {
                "claim": claim.words.text,
                "said": str(claim.badge.words),
                "as_of": claim.verdict.as_of.isoformat() if claim.verdict else "",
            }
            for claim in claims
        },
        "corrections": {
            entry.address: {"kind": str(entry.badge.words), "made_at": entry.made_at.isoformat()}
            for entry in corrections
        },
    }
