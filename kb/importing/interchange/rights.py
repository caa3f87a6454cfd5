"""Who may import what: a file can hold decisions in other people's names, and not everybody may bring those in."""

from django.contrib.auth.models import User

from kb.models import ArticleStatus, FactCheckStatus, policy

from . import format as line
from .fitness import Unfit
from .keys import Named

# Making accounts is the least of it: whoever holds this right is trusted with what other people are said to have done.
FOR_OTHERS = "auth.add_user"
REFERENCE = (line.Source, line.Rating, line.ExpiryRule, line.RatingWords)
OF_VERDICTS = (line.Precedents, line.EvidenceCopy)


class Rights:
    """What this account may import; the operator, who has a shell (`by` is None), may import everything."""

    def __init__(self, by: User | None):
        self.by = by
        self.unlimited = by is None or policy.may(by, FOR_OTHERS)

    def require(self, record: line.Record) -> None:
        """Raises Unfit for what takes an administrator: the register and the scale, what is published or decided, and
        acts of other people."""
        if self.unlimited:
            return
        if isinstance(record, REFERENCE):
            self._refuse("kind", "sources and the scale")
        if isinstance(record, line.Merge):
            self._refuse("kind", "merges")
        if isinstance(record, line.Correction):
            self._refuse("kind", "corrections")
        if isinstance(record, OF_VERDICTS):
            self._refuse("kind", "what belongs to verdicts")
        if isinstance(record, line.Article) and record.status != ArticleStatus.DRAFT:
            self._refuse("status", "articles that are more than drafts")
        for claim in record.claims if isinstance(record, line.Article) else [record]:
            checks = claim.checks if isinstance(claim, line.ClaimOfArticle) else []
            if any(check.status != FactCheckStatus.DRAFT for check in checks):
                self._refuse("checks", "verdicts that are more than drafts")
            if getattr(claim, "score", None):
                self._refuse("score", "outcomes of forecasts")
        named = Named()
        named.add(record)
        if named.users - {None, self.by.get_username()}:
            self._refuse("$", "what other people did")

    def _refuse(self, path: str, what: str) -> None:
        raise Unfit(path, f"{what} can be imported by an administrator, or with the command, only.")
