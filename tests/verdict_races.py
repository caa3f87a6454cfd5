"""Two people at once over one claim or check, on two real connections: what may come of it, and nothing else.

Each race makes its rows, lets two acts run at once, each with rows and people it loaded before, and looks at what is
stored afterwards. `lost` and `won` are the acts by how they ended.
"""

from collections.abc import Callable, Iterator
from datetime import date

from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.test import Client

from kb.models import Claim, FactCheck, FactCheckStatus, Rating, Review, StaleVersion
from kb.services import verdicts
from kb.services.refusal import Refused
from kb.services.seals import hash_of, seal_of

from .admin.pages import fields_of, page_of
from .at_once import at_once
from .factories import make_claim, make_draft_check, make_user

REFUSALS = (Refused, StaleVersion, PermissionDenied)
AUTHOR, ADA, BEN = "race-author", "race-ada", "race-ben"


def person(name: str) -> User:
    """One of three people who may approve; the same ones in every try."""
    user = User.objects.filter(username=name).first() or make_user(name, group="editor")
    user.groups.set([Group.objects.get(name="editor")])
    return user


def tried(act: Callable) -> Callable:
    """The act, answering how it ended."""

    def run():
        try:
            act()
        except REFUSALS as refusal:
            return refusal
        return None

    return run


def ended(*acts: Callable) -> list[Exception | None]:
    return at_once(*map(tried, acts))


def again(check: FactCheck) -> FactCheck:
    """The check as another tab has loaded it."""
    return FactCheck.objects.select_related("rating", "claim").get(pk=check.pk)


def submitted() -> FactCheck:
    check = make_draft_check(by=person(AUTHOR))
    return verdicts.submit(check, by=check.author)


def agreeing(check: FactCheck, name: str, rating: str = "true") -> Callable:
    """Somebody gives a review of what they have open."""
    tab, by, chosen = again(check), person(name), Rating.objects.get(slug=rating, edition=1)
    act = verdicts.decide if check.dissent else verdicts.review
    shown = hash_of(seal_of(tab))
    return lambda: act(tab, by=by, rating=chosen, note="Counted.", shown=shown)


def same_check_approved_from_two_tabs() -> None:
    check = submitted()
    results = ended(agreeing(check, ADA), agreeing(check, ADA))
    assert results.count(None) == 1
    _is_published_once(check, ADA)


def two_people_approve_at_once() -> None:
    check = submitted()
    results = ended(agreeing(check, ADA), agreeing(check, BEN))
    assert results.count(None) == 1
    _is_published_once(check, ADA if results[0] is None else BEN)


def approved_while_it_is_taken_back() -> None:
    check = submitted()
    tab, author = again(check), person(AUTHOR)
    approved, taken = ended(agreeing(check, ADA), lambda: verdicts.take_back(tab, by=author))
    stored = again(check)
    assert [approved, taken].count(None) == 1
    if taken is None:
        assert (stored.status, stored.seal, stored.reviews.count()) == (FactCheckStatus.DRAFT, {}, 0)
    else:
        _is_published_once(check, ADA)


def approved_while_the_right_is_taken_away() -> None:
    check = submitted()
    act, reviewer = agreeing(check, ADA), person(ADA)
    approved, _gone = ended(act, lambda: reviewer.groups.clear())
    if approved is None:
        _is_published_once(check, ADA)
    else:
        assert isinstance(approved, PermissionDenied)
        assert not check.reviews.exists()
    # Whoever comes back with the page still open is refused now, whatever they could do when it was loaded.
    late = submitted()
    act = agreeing(late, ADA)
    User.objects.get(username=ADA).groups.clear()
    assert isinstance(tried(act)(), PermissionDenied) and not late.reviews.exists()


def two_draft_at_once() -> None:
    claim, people = make_claim(), (person(ADA), person(BEN))
    results = ended(*(lambda by=by: verdicts.draft(Claim.objects.get(pk=claim.pk), by=by) for by in people))
    assert results == [None, None]
    assert sorted(claim.fact_checks.values_list("number", flat=True)) == [1, 2]
    assert Claim.objects.get(pk=claim.pk).status == "being_checked"


def one_draft_saved_from_two_tabs() -> None:
    check = make_draft_check(by=person(AUTHOR))
    tabs = [again(check), again(check)]
    for number, tab in enumerate(tabs):
        tab.rationale = f"Written in tab {number}."
    results = ended(*(lambda tab=tab: verdicts.save_draft(tab, by=person(AUTHOR)) for tab in tabs))
    assert results.count(None) == 1
    assert again(check).rationale == f"Written in tab {results.index(None)}."


def a_draft_submitted_while_it_is_saved() -> None:
    check = make_draft_check(by=person(AUTHOR))
    tabs, author = [again(check), again(check)], person(AUTHOR)
    tabs[0].rationale = "Written in the other tab."
    ended(lambda: verdicts.save_draft(tabs[0], by=author), lambda: verdicts.submit(tabs[1], by=author))
    stored = again(check)
    # Whichever came first: what is submitted is what is sealed.
    assert stored.status == FactCheckStatus.DRAFT or stored.seal == seal_of(stored)


def two_checks_of_a_claim_published_at_once() -> None:
    checks = [submitted()]
    second = make_draft_check(checks[0].claim, by=person(AUTHOR))
    checks.append(verdicts.submit(second, by=second.author))
    results = ended(agreeing(checks[0], ADA), agreeing(checks[1], BEN))
    assert results == [None, None]
    stored = sorted(again(check).status for check in checks)
    assert stored == [FactCheckStatus.PUBLISHED, FactCheckStatus.SUPERSEDED]


def a_dissent_decided_by_two() -> None:
    check = submitted()
    verdicts.review(
        check,
        by=person(ADA),
        rating=Rating.objects.get(slug="false", edition=1),
        note="Not so.",
        shown=hash_of(check.seal),
    )
    third = person("race-cid")
    results = ended(agreeing(check, BEN), agreeing(check, third.username, "false"))
    assert results.count(None) == 1
    stored = again(check)
    expected = FactCheckStatus.PUBLISHED if results[0] is None else FactCheckStatus.REJECTED
    assert (stored.status, stored.dissent, stored.reviews.count()) == (expected, "resolved", 2)


def approved_while_the_claim_is_reworded() -> None:
    check = submitted()
    claim = Claim.objects.get(pk=check.claim_id)
    claim.text += " At least."
    act = agreeing(check, ADA)
    approved, reworded = ended(act, claim.save)
    assert [approved, reworded].count(None) == 1
    stored = again(check)
    if stored.status == FactCheckStatus.PUBLISHED:
        # What readers see is what was reviewed.
        assert stored.seal == seal_of(stored)


def saving(claim: Claim, name: str, **changes) -> Callable:
    """Somebody presses "Save" on the page of the claim as they opened it; answers the status of the answer."""
    client = Client()
    client.force_login(person(name))
    form = {**fields_of(client.get(page_of(claim))), **changes, "_continue": "1"}

    def press() -> int:
        response = client.post(page_of(claim), form)
        if response.status_code == 409:
            # What was typed stands on the page.
            assert changes.items() <= {field: words[0] for field, words in fields_of(response).items()}.items()
        return response.status_code

    return press


def same_words_of_a_claim_saved_at_once() -> None:
    claim = make_claim()
    words = [f"{claim.text} So says {name}." for name in (ADA, BEN)]
    statuses = at_once(saving(claim, ADA, text=words[0]), saving(claim, BEN, text=words[1]))
    assert sorted(statuses) == [302, 409]
    stored = Claim.objects.get(pk=claim.pk)
    assert stored.text == words[statuses.index(302)]
    assert (stored.version, stored.history.count()) == (claim.version + 1, 2)


def two_fields_of_a_claim_saved_at_once() -> None:
    claim = make_claim()
    statuses = at_once(
        saving(claim, ADA, text=f"{claim.text} Again."), saving(claim, BEN, definition="Tons at the pier.")
    )
    assert statuses == [302, 302]
    stored = Claim.objects.get(pk=claim.pk)
    assert (stored.text, stored.definition) == (f"{claim.text} Again.", "Tons at the pier.")
    assert (stored.version, stored.history.count()) == (claim.version + 2, 3)


RACES = (
    same_words_of_a_claim_saved_at_once,
    two_fields_of_a_claim_saved_at_once,
    same_check_approved_from_two_tabs,
    two_people_approve_at_once,
    approved_while_it_is_taken_back,
    approved_while_the_right_is_taken_away,
    two_draft_at_once,
    one_draft_saved_from_two_tabs,
    a_draft_submitted_while_it_is_saved,
    two_checks_of_a_claim_published_at_once,
    a_dissent_decided_by_two,
    approved_while_the_claim_is_reworded,
)


def tries(times: int) -> Iterator[Callable]:
    """So many tries in all, every race in turn."""
    for number in range(times):
        yield RACES[number % len(RACES)]


def _is_published_once(check: FactCheck, reviewer: str) -> None:
    stored = again(check)
    assert (stored.status, stored.reviewer.username) == (FactCheckStatus.PUBLISHED, reviewer)
    assert Review.objects.filter(fact_check=check).count() == 1
    assert stored.history.filter(status=FactCheckStatus.PUBLISHED).count() == 1
    assert Claim.objects.get(pk=check.claim_id).status == "checked"
    assert stored.as_of == date(2025, 6, 1)
