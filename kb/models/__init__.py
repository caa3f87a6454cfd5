"""The tables, one module for each noun, with what is always true of their rows as named constraints.

`policy` says who may do what and what is public; `rules` holds what tables share. This room knows of no service and
no face: what takes several rows, or a who and a when, stands in `kb/services`.
"""

from . import policy
from .account import GroupPolicy, Invitation, Session
from .annotation import Access, Annotation, Motivation
from .article import Article, ArticleStatus, BodyFormat, Direction, Display, Fingerprint, Genre, Hop, HopKind
from .capture import Capture, Piece
from .challenge import Challenge, ChallengeKind, ChallengeState, Tally
from .citation import LEFT_OPEN, Citation, CitationCheck, Open, Resolution, unresolved
from .claim import EXPIRED, STANDINGS, Appearance, Claim, ClaimStatus, ClaimWording, StatementType, Variant
from .correction import BY_HAND, Acknowledgement, Correction, CorrectionArticle, CorrectionKind, Ring
from .desk import Presence, SentForm
from .evidence import Evidence, EvidenceCopy, SearchStep, Stance
from .factcheck import Dissent, Expiry, FactCheck, FactCheckStatus
from .forecast import ForecastScore, Outcome
from .foreigncheck import ForeignCheck, RatingWords
from .importrun import Effect, ImportedFile, ImportProblem, ImportRun, LedgerEntry, Level, Stage, Upload
from .merge import MERGED, Merge, MergedRow, MergeEffect, MergeKind
from .notice import Digest, Follow, Notice
from .pagechange import ChangeState, PageChange
from .person import Person, PersonAlias
from .rating import CoarseClass, ExpiryRule, Rating
from .review import Review, ReviewRole
from .rules import StaleVersion, State
from .searching import FoundKind, SearchChange, SearchDocument
from .source import NameKind, Reliability, Source, SourceKind, SourceName
from .tag import Tag, TagAlias, TagKind, TagLink
from .task import Priority, Task, TaskKind, TaskState

__all__ = [
    "BY_HAND",
    "EXPIRED",
    "LEFT_OPEN",
    "MERGED",
    "STANDINGS",
    "Access",
    "Acknowledgement",
    "Annotation",
    "Appearance",
    "Article",
    "ArticleStatus",
    "BodyFormat",
    "Capture",
    "Challenge",
    "ChallengeKind",
    "ChallengeState",
    "ChangeState",
    "Citation",
    "CitationCheck",
    "Claim",
    "ClaimStatus",
    "ClaimWording",
    "CoarseClass",
    "Correction",
    "CorrectionArticle",
    "CorrectionKind",
    "Digest",
    "Direction",
    "Display",
    "Dissent",
    "Effect",
    "Evidence",
    "EvidenceCopy",
    "Expiry",
    "ExpiryRule",
    "FactCheck",
    "FactCheckStatus",
    "Fingerprint",
    "Follow",
    "ForecastScore",
    "ForeignCheck",
    "FoundKind",
    "Genre",
    "GroupPolicy",
    "Hop",
    "HopKind",
    "ImportProblem",
    "ImportRun",
    "ImportedFile",
    "Invitation",
    "LedgerEntry",
    "Level",
    "Merge",
    "MergeEffect",
    "MergeKind",
    "MergedRow",
    "Motivation",
    "NameKind",
    "Notice",
    "Open",
    "Outcome",
    "PageChange",
    "Person",
    "PersonAlias",
    "Piece",
    "Presence",
    "Priority",
    "Rating",
    "RatingWords",
    "Reliability",
    "Resolution",
    "Review",
    "ReviewRole",
    "Ring",
    "SearchChange",
    "SearchDocument",
    "SearchStep",
    "SentForm",
    "Session",
    "Source",
    "SourceKind",
    "SourceName",
    "Stage",
    "StaleVersion",
    "Stance",
    "State",
    "StatementType",
    "Tag",
    "TagAlias",
    "TagKind",
    "TagLink",
    "Tally",
    "Task",
    "TaskKind",
    "TaskState",
    "Upload",
    "Variant",
    "account",
    "policy",
    "unresolved",
]
