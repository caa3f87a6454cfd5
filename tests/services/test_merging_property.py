"""Whatever is merged, undone and edited in between: nothing is lost, nothing is doubled, and every name is found."""

from collections import defaultdict

from django.db import models, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pytest import fixture, mark

from kb.importing.planning import load_register
from kb.models import Appearance, Citation, Claim, FactCheck, Hop, Merge, Person, Source, SourceName, Tag, TagLink
from kb.services import merging, verdicts
from kb.services.refusal import Refused
from tests.factories import (
    decided,
    make_appearance,
    make_article,
    make_citation,
    make_claim,
    make_draft_check,
    make_person,
    make_published_check,
    make_source,
    make_tag,
    make_user,
)

from .test_merging import dump

pytestmark = mark.django_db

MODELS = {"source": Source, "claim": Claim, "tag": Tag, "person": Person}
# What hangs on them, and by which key: each row exists once, whatever happens.
HANGING = {Citation: "source", Appearance: "claim", FactCheck: "claim", Hop: "person"}
# What the giving way of a verdict tells for good.
TOLD = {"correction", "correctionarticle", "task", "notice"}

numbers = st.integers(0, 50)
steps = st.one_of(
    st.tuples(st.just("merge"), st.sampled_from([*MODELS]), numbers, numbers, st.booleans()),
    st.tuples(st.just("merge_and_undo"), st.sampled_from([*MODELS]), numbers, numbers, st.booleans()),
    st.tuples(st.just("undo"), numbers),
    st.tuples(st.just("cite_another"), numbers, numbers),
    st.tuples(st.just("cite_anew"), numbers),
    st.tuples(st.just("take_tag_off"), numbers),
    st.tuples(st.just("put_tag_on"), numbers, numbers),
    st.tuples(st.just("publish"), numbers),
)


class Register(set):
    """The sources that everybody has, in short where an example is told."""

    def __repr__(self):
        return "<the register>"


@fixture(scope="module")
def registered(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return Register(Source.objects.values_list("pk", flat=True))


class World:
    """A few rows of each table, and a simple account of which of them leads where and which links were ever removed."""

    def __init__(self):
        self.by = make_user(group="editor")
        self.articles = [make_article() for _ in range(3)]
        self.rows = {
            "source": [make_source() for _ in range(3)],
            "claim": [make_claim() for _ in range(3)],
            "tag": [make_tag() for _ in range(3)],
            "person": [make_person() for _ in range(3)],
        }
        self.leads = {kind: {row.pk: row.pk for row in rows} for kind, rows in self.rows.items()}
        self.went: dict[int, tuple[str, int, list[int]]] = {}
        self.links: set[tuple[int, int]] = set()
        exact = ["Grain left the port again", "Exports rose by 40 per cent in May", "two more convoys are waiting"]
        for place, article in enumerate(self.articles):
            for source in self.rows["source"][: place + 1]:
                make_citation(article, source=source)
            for words, claim in zip(exact[: place + 1], self.rows["claim"], strict=False):
                make_appearance(article, claim, exact=words)
            for tag in self.rows["tag"][place:]:
                self._link(article, tag)
            for position, person in enumerate(self.rows["person"][place:]):
                article.hops.create(position=position, kind="wrote", person=person)
        self.rows["source"][0].names.create(kind="short", name="The Quay")
        self.rows["source"][1].names.create(kind="short", name="The Quay")
        make_published_check(self.rows["claim"][0])
        make_published_check(self.rows["claim"][1])
        make_draft_check(self.rows["claim"][1])
        self.names = {kind: {row.pk: str(row) for row in rows} for kind, rows in self.rows.items()}
        self.slugs = {kind: {row.pk: getattr(row, "slug", "") for row in rows} for kind, rows in self.rows.items()}
        self.exist = {model: set(model.objects.values_list("pk", flat=True)) for model in HANGING}

    def _link(self, article, tag) -> None:
        TagLink.objects.create(content_object=article, tag=tag, **decided("confirmed"))
        self.links.add((article.pk, tag.pk))

    def alive(self, kind: str) -> list[models.Model]:
        return list(MODELS[kind].objects.filter(pk__in=set(self.leads[kind].values())).order_by("pk"))

    # What people do

    def merge(self, kind: str, one: int, other: int, takes: bool) -> Merge | None:
        rows = self.alive(kind)
        kept, given_up = rows[one % len(rows)], rows[other % len(rows)]
        if kept == given_up:
            return None
        published = merging.published_of(kept, given_up)
        stays = published[one % 2].pk if len(published) == 2 else None
        take = [column.name for column in merging.choosable(MODELS[kind])] if takes else []
        done = merging.merge(kept, given_up, by=self.by, take=take, stays=stays)
        led = [pk for pk, now in self.leads[kind].items() if now == given_up.pk]
        self.leads[kind] |= dict.fromkeys(led, kept.pk)
        self.went[done.pk] = (kind, given_up.pk, led)
        return done

    def undo(self, place: int) -> None:
        standing = list(Merge.objects.standing().order_by("pk"))
        if not standing:
            return
        done = standing[place % len(standing)]
        try:
            merging.undo(done, by=self.by)
        except Refused as refused:
            assert "A later merge rests on this one" in str(refused)
            assert merging.resting_on(done).exists()
            return
        kind, given_up, led = self.went.pop(done.pk)
        self.leads[kind] |= dict.fromkeys(led, given_up)

    def merge_and_undo(self, kind: str, one: int, other: int, takes: bool) -> None:
        before = dump()
        if (done := self.merge(kind, one, other, takes)) is None:
            return
        outcome = merging.undo(done, by=self.by)
        kind, given_up, led = self.went.pop(done.pk)
        self.leads[kind] |= dict.fromkeys(led, given_up)
        assert outcome.left == []
        after = dump()
        assert [name for name in before if name not in TOLD and after[name] != before[name]] == []

    def cite_another(self, place: int, source: int) -> None:
        citation = Citation.objects.order_by("pk")[place % Citation.objects.count()]
        sources = self.alive("source")
        citation.source = sources[source % len(sources)]
        citation.save()

    def cite_anew(self, place: int) -> None:
        sources = self.alive("source")
        citation = make_citation(self.articles[0], source=sources[place % len(sources)])
        self.exist[Citation].add(citation.pk)

    def take_tag_off(self, place: int) -> None:
        links = list(TagLink.objects.order_by("pk"))
        if links:
            link = links[place % len(links)]
            self.links -= {
                (article, tag)
                for article, tag in self.links
                if article == link.content_object_id and self.leads["tag"][tag] == link.tag_id
            }
            link.delete()

    def put_tag_on(self, article: int, tag: int) -> None:
        article, tags = self.articles[article % 3], self.alive("tag")
        tag = tags[tag % len(tags)]
        if not TagLink.objects.filter(content_object=article, tag=tag).exists():
            self._link(article, tag)

    def publish(self, place: int) -> None:
        claims = self.alive("claim")
        self.exist[FactCheck].add(make_published_check(claims[place % len(claims)]).pk)

    # What is always true

    def check(self, registered: set[int]) -> None:
        for model, key in HANGING.items():
            assert set(model.objects.values_list("pk", flat=True)) == self.exist[model]
            kept = set(self.leads[key].values())
            assert {getattr(row, f"{key}_id") for row in model.objects.all()} <= kept
        for article, tag in self.links:
            assert TagLink.objects.filter(content_object=article, tag=self.leads["tag"][tag]).count() == 1
        assert TagLink.objects.count() == len({(article, self.leads["tag"][tag]) for article, tag in self.links})
        for claim in self.alive("claim"):
            assert claim.status == verdicts.status_of(list(claim.fact_checks.all()))
        self._names_are_found(registered)

    def _names_are_found(self, registered: set[int]) -> None:
        spelled = defaultdict(set)
        own = SourceName.objects.exclude(source__in=registered).values_list("name", "source")
        for name, source in [*Source.objects.exclude(pk__in=registered).values_list("name", "pk"), *own]:
            spelled[name].add(source)
        for kind, leads in self.leads.items():
            model = MODELS[kind]
            assert set(model.objects.values_list("pk", flat=True)) - registered == set(leads.values()) - registered
            for pk, kept in leads.items():
                name = self.names[kind][pk]
                found = {
                    "source": lambda name=name: next(iter(spelled[name])) if len(spelled[name]) == 1 else spelled[name],
                    "claim": lambda name=name: Claim.objects.worded(name, "en").pk,
                    "tag": lambda name=name: Tag.objects.named(name).pk,
                    "person": lambda name=name: Person.objects.named(name).pk,
                }[kind]()
                assert found == kept, (kind, name)
                if pk != kept:
                    address = {"number": pk} if kind == "claim" else {"slug": self.slugs[kind][pk]}
                    assert Merge.objects.kept_for(model, **address).pk == kept


# A world costs a second: an example is told as it was found, and not made shorter for minutes.
@settings(
    max_examples=20,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(steps, max_size=12))
def test_nothing_is_lost_or_doubled_and_every_name_is_found(db, registered, done):
    with transaction.atomic():
        world = World()
        for act, *arguments in done:
            getattr(world, act)(*arguments)
            world.check(registered)
        # The last one first, everything can be parted again.
        while standing := Merge.objects.standing().order_by("-pk").first():
            place = Merge.objects.standing().filter(pk__lt=standing.pk).count()
            world.undo(place)
            world.check(registered)
        assert all(pk == kept for leads in world.leads.values() for pk, kept in leads.items())
        transaction.set_rollback(True)


def test_the_register_in_memory_finds_a_merged_name(db):
    by = make_user(group="editor")
    kept, given_up = make_source(), make_source()
    merging.merge(kept, given_up, by=by)
    assert load_register().resolve(given_up.name).source == kept.name
