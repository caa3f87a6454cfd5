"""The life of verdicts against a model of its own: a claim, four people, and every act in every state.

The model knows nothing of the services: it keeps for each check who wrote it, where it stands and who rated it how, and
says beforehand whether an act must happen. What happens must then be that, and nothing else may change.
"""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kb.models import Claim, FactCheck, Rating, StaleVersion
from kb.services import verdicts
from kb.services.refusal import Refused
from kb.services.seals import hash_of, seal_of
from tests.factories import make_claim, make_user

PEOPLE = ("ada", "ben", "cid", "dee")
# Two of one class, one of another.
CLASSES = {"true": "supported", "mostly-true": "supported", "false": "refuted"}
RATINGS = st.sampled_from(sorted(CLASSES))
WHO = st.sampled_from(PEOPLE)
WHICH = st.integers(0, 7)


@dataclass
class Check:
    """What the model remembers of one check."""

    author: str
    rating: str
    status: str = "draft"
    has_evidence: bool = False
    dissent: str = ""
    opinions: dict[str, str] = field(default_factory=dict)
    reopened: bool = False


class Verdicts(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.people = {name: make_user(name, group="editor") for name in PEOPLE}
        self.editors = set(PEOPLE)
        self.claim = make_claim()
        self.checks: dict[int, Check] = {}

    def teardown(self):
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    # The acts

    @rule(who=WHO, rating=RATINGS)
    def draft(self, who, rating):
        check = verdicts.draft(
            self.claim, by=self.person(who), rating=self.rating(rating), rationale="Counted.", as_of=date(2025, 1, 1)
        )
        self.checks[check.number] = Check(who, rating)

    @precondition(lambda self: self.checks)
    @rule(who=WHO, which=WHICH, rating=RATINGS)
    def edit(self, who, which, rating):
        number, model = self.pick(which)
        is_allowed = model.status == "draft" and model.author == who
        stored = self.stored(number)
        stored.rating = self.rating(rating)
        if self.happens(is_allowed, lambda: verdicts.save_draft(stored, by=self.person(who))):
            model.rating = rating

    @precondition(lambda self: self.checks)
    @rule(which=WHICH)
    def find_evidence(self, which):
        number, model = self.pick(which)
        if model.status == "draft":
            self.stored(number).evidence.get_or_create(
                position=1, defaults={"stance": "supports", "summary": "Counted."}
            )
            model.has_evidence = True

    @precondition(lambda self: self.checks)
    @rule(who=WHO, which=WHICH)
    def discard(self, who, which):
        number, model = self.pick(which)
        is_allowed = model.status == "draft" and model.author == who
        if self.happens(is_allowed, lambda: verdicts.discard(self.stored(number), by=self.person(who))):
            del self.checks[number]

    @precondition(lambda self: self.checks)
    @rule(who=WHO, which=WHICH)
    def submit(self, who, which):
        number, model = self.pick(which)
        is_allowed = model.status == "draft" and model.author == who and model.has_evidence
        if self.happens(is_allowed, lambda: verdicts.submit(self.stored(number), by=self.person(who))):
            model.status = "submitted"

    @precondition(lambda self: self.checks)
    @rule(who=WHO, which=WHICH, by_reviewer=st.booleans())
    def back_to_draft(self, who, which, by_reviewer):
        number, model = self.pick(which)
        is_allowed = model.status == "submitted" and not model.opinions and (model.author == who) != by_reviewer
        if by_reviewer:
            is_allowed = is_allowed and who in self.editors

        def act():
            if by_reviewer:
                verdicts.hand_back(self.stored(number), by=self.person(who), reason="One source.")
            else:
                verdicts.take_back(self.stored(number), by=self.person(who))

        if self.happens(is_allowed, act):
            model.status = "draft"

    @precondition(lambda self: self.checks)
    @rule(who=WHO, which=WHICH, rating=RATINGS, shown=st.sampled_from(["now", "now", "now", "before"]))
    def review(self, who, which, rating, shown):
        number, model = self.pick(which)
        is_allowed = model.status == "submitted" and not model.opinions and self.is_other(who, model) and shown == "now"
        if self.happens(is_allowed, lambda: self.rate(verdicts.review, number, who, rating, shown)):
            model.opinions[who] = rating
            if self.agree(rating, model.rating):
                self.publish(model)
            else:
                model.dissent = "open"

    @precondition(lambda self: self.checks)
    @rule(who=WHO, which=WHICH, rating=RATINGS)
    def decide(self, who, which, rating):
        number, model = self.pick(which)
        is_open = model.dissent == "open" and model.status in ("submitted", "published")
        is_allowed = is_open and self.is_other(who, model) and who not in model.opinions
        if self.happens(is_allowed, lambda: self.rate(verdicts.decide, number, who, rating, "now")):
            model.opinions[who], model.dissent = rating, "resolved"
            stands = self.agree(rating, model.rating)
            if model.status == "published":
                model.reopened = model.reopened or not stands
            elif stands:
                self.publish(model)
            else:
                model.status = "rejected"

    @precondition(lambda self: self.checks)
    @rule(who=WHO, which=WHICH)
    def publish_with_dissent(self, who, which):
        number, model = self.pick(which)
        is_open = model.status == "submitted" and model.dissent == "open"
        is_allowed = is_open and self.is_other(who, model) and not self.third(model)

        def act():
            check = self.stored(number)
            verdicts.publish_with_dissent(check, by=self.person(who), shown=hash_of(seal_of(check)))

        if self.happens(is_allowed, act):
            self.publish(model)

    @precondition(lambda self: self.checks)
    @rule(who=WHO, which=WHICH, reason=st.sampled_from(["Another year.", "Another year.", " "]))
    def reject(self, who, which, reason):
        number, model = self.pick(which)
        is_allowed = model.status == "submitted" and self.is_other(who, model) and reason.strip() != ""
        if model.dissent == "open" and who in model.opinions:
            is_allowed = is_allowed and not self.third(model)
        if self.happens(is_allowed, lambda: verdicts.reject(self.stored(number), by=self.person(who), reason=reason)):
            model.status = "rejected"

    @precondition(lambda self: self.checks)
    @rule(who=WHO, which=WHICH)
    def reopen(self, who, which):
        number, model = self.pick(which)
        is_allowed = model.status == "published" and not model.reopened and who in self.editors
        if self.happens(is_allowed, lambda: verdicts.reopen(self.stored(number), by=self.person(who), reason="New.")):
            model.reopened = True

    @rule(who=WHO, is_editor=st.booleans())
    def change_role(self, who, is_editor):
        """The right to approve comes and goes; who sits at the desk stays an analyst."""
        self.people[who].groups.set([Group.objects.get(name="editor" if is_editor else "analyst")])
        (self.editors.add if is_editor else self.editors.discard)(who)

    # What must be true after each of them

    @invariant()
    def the_rows_are_what_the_model_says(self):
        if not hasattr(self, "claim"):
            return
        rows = {check.number: check for check in FactCheck.objects.filter(claim=self.claim).select_related("rating")}
        assert rows.keys() == self.checks.keys()
        for number, model in self.checks.items():
            check = rows[number]
            told = (
                check.status,
                check.dissent,
                check.rating.slug,
                check.author.username,
                check.reopened_at is not None,
            )
            assert told == (model.status, model.dissent, model.rating, model.author, model.reopened)
            given = dict(check.reviews.values_list("reviewer__username", "rating__slug"))
            assert given == model.opinions
            assert check.reviewer_id != check.author_id
            assert (check.seal == {}) == (model.status == "draft")
        public = [model for model in self.checks.values() if model.status == "published"]
        assert len(public) <= 1
        if public:
            expected = "reopened" if public[0].reopened else "checked"
        else:
            is_open = any(model.status in ("draft", "submitted") for model in self.checks.values())
            expected = "being_checked" if is_open else "unchecked"
        assert Claim.objects.get(pk=self.claim.pk).status == expected

    # The model's own words

    def happens(self, is_allowed: bool, act) -> bool:
        """Do the act; it is refused exactly when the model says so."""
        try:
            with transaction.atomic():
                act()
        except (Refused, PermissionDenied, StaleVersion):
            assert not is_allowed
            return False
        assert is_allowed
        return True

    def pick(self, which: int) -> tuple[int, Check]:
        numbers = sorted(self.checks)
        number = numbers[which % len(numbers)]
        return number, self.checks[number]

    def publish(self, model: Check) -> None:
        for other in self.checks.values():
            if other.status == "published":
                other.status = "superseded"
        model.status = "published"

    def is_other(self, who: str, model: Check) -> bool:
        return who in self.editors and who != model.author

    def third(self, model: Check) -> set[str]:
        return self.editors - {model.author} - model.opinions.keys()

    @staticmethod
    def agree(one: str, other: str) -> bool:
        return CLASSES[one] == CLASSES[other]

    def rate(self, act, number: int, who: str, rating: str, shown: str) -> None:
        check = self.stored(number)
        seen = hash_of(seal_of(check)) if shown == "now" else "0" * 64
        act(check, by=self.person(who), rating=self.rating(rating), note="Counted again.", shown=seen)

    def stored(self, number: int) -> FactCheck:
        return FactCheck.objects.get(claim=self.claim, number=number)

    def person(self, who: str) -> User:
        return User.objects.get(username=who)

    def rating(self, slug: str) -> Rating:
        return Rating.objects.get(slug=slug)
