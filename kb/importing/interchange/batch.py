"""One batch of records against the database: what each does to it, and the rows to be written, in one transaction.

What stands there already stays when it is the same, changes when nobody has worked on it, and is kept with a word when
somebody has. A record is wholly in the batch or not at all.
"""

from base64 import b64decode
from collections.abc import Callable, Iterable
from operator import attrgetter

import msgspec
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.text import slugify

from kb import models
from kb.importing.applying import REASON, was_worked_on
from kb.importing.planning import Effect
from kb.importing.writing import Counters, day, keep_counting_above, link, moment, uid
from kb.models.versions import signed
from kb.services.suggestions import free_slug
from kb.services.verdicts import status_of
from kb.text.markup import normalise_newlines

from . import describing, tables
from . import format as line
from .fitness import Unfit, check, content_of
from .keys import Known, Named
from .leading import Leads
from .rights import Rights
from .tables import all_tables, anchor_of

KEPT = "differs, but somebody has worked on it here: it stays as it is."
ORDER = (
    *(
        line.Source,
        line.Person,
        line.Tag,
        line.Rating,
        line.ExpiryRule,
        line.RatingWords,
        line.Capture,
        line.Claim,
        line.Article,
    ),
    *(line.Precedents, line.EvidenceCopy, line.Piece, line.ForeignCheck, line.Correction, line.Merge),
)


class Checked:
    """Records that are fit by themselves, and what they name: all that can be done before the transaction."""

    def __init__(self, records: Iterable[line.Record], rights: Rights):
        self.named = Named()
        self.records: dict[int, line.Record] = {}
        self.unfit: dict[int, Unfit] = {}
        self.whole_claims: dict[tuple[str, str], line.ClaimOfArticle] = {}
        for number, record in enumerate(records):
            try:
                check(record)
                rights.require(record)
            except Unfit as error:
                self.unfit[number] = error
                continue
            self.records[number] = record
            self.named.add(record)
            if isinstance(record, line.Article):
                for claim in record.claims:
                    self.whole_claims.setdefault((claim.text, claim.language), claim)


class Batch:
    """Plans records one by one; `write` then writes what they came to.

    To be made and written in one transaction: what it read of the database holds only there.
    """

    def __init__(self, checked: Checked, *, by: User | None, counters: Counters):
        self.by, self.counters, self.now = by, counters, moment(timezone.now())
        self.records, self.unfit, self.whole_claims = checked.records, checked.unfit, checked.whole_claims
        named = checked.named
        self.leads = Leads(named)
        self.records = {number: self.leads.follow(record) for number, record in self.records.items()}
        self.known = Known(named)
        self.tag_names, self._taken_slugs = named.tags, None
        self.highest_number = max((number for number in named.numbers if number), default=0)
        self.named_corrections = named.correction_numbers
        counters.begin()
        self.tables = all_tables()
        self.rows: dict = {table: [] for table in self.tables.in_order()}
        self.candidates: list[tuple] = []
        self.supporting: list[tuple] = []
        self.consulted: list[tuple] = []
        self.changes: list[Callable[[], None]] = []
        self.afterwards: list[Callable[[], None]] = []
        self.fresh: dict[tuple[str, int], line.Record] = {}
        self.waiting_notes: list[tuple] = []
        self.warnings: list[tuple[str, str]] = []
        self._added: list[tuple[dict, object]] = []
        self._existing: dict[type, dict[int, line.Record]] = {}

    def plan(self) -> dict[int, tuple[Effect | None, list[tuple[str, str]]]]:
        """For each record by its number its effect and its warnings (code, words); None is a record that failed."""
        found = {number: (None, [("unfit", str(error))]) for number, error in self.unfit.items()}
        for number, record in sorted(self.records.items(), key=lambda item: ORDER.index(type(item[1]))):
            found[number] = self._plan(record)
        return found

    def write(self) -> None:
        """Change what is to be changed, then write what is new."""
        with signed(self.by, REASON):
            for change in self.changes:
                change()
        if self.rows[self.tables.claims]:
            self.rows[self.tables.claims].sort()
            keep_counting_above(models.Claim, self.rows[self.tables.claims][-1][0])
        if self.rows[self.tables.corrections]:
            keep_counting_above(models.Correction, max(row[0] for row in self.rows[self.tables.corrections]))
        for table, rows in self.rows.items():
            table.insert(rows, by=self.by)
        link(models.Citation.candidates.through, ("citation_id", "source_id"), self.candidates)
        link(models.FactCheck.consulted.through, ("from_factcheck_id", "to_factcheck_id"), self.consulted)
        link(models.Appearance.citations.through, ("appearance_id", "citation_id"), self.supporting)
        for change in self.afterwards:
            change()

    def _plan(self, record: line.Record) -> tuple[Effect | None, list[tuple[str, str]]]:
        lists = [*self.rows.values(), self.candidates, self.supporting, self.consulted, self.changes, self.afterwards]
        marks = [len(rows) for rows in lists]
        self.warnings, self.waiting_notes = [], []
        self._added.clear()
        try:
            if (kept := self.leads.key_of(record)) is not None:
                effect = self._merged(record, kept)
            else:
                effect = PLANNERS[type(record)](self, record)
            self._write_notes()
        except Unfit as error:
            for rows, mark in zip(lists, marks, strict=True):
                del rows[mark:]
            for known, key in self._added:
                del known[key]
            return None, [("unfit", str(error))]
        return effect, self.warnings

    def _merged(self, record, kept: str | tuple[str, str]) -> Effect:
        """A row that was merged here is not made anew; new notes on it are notes on the kept one."""
        name = kept if isinstance(kept, str) else kept[0]
        words = f"was merged into “{name[:80]}” here: it stays so, and what refers to it refers to that."
        self.warnings.append(("merged", words))
        if isinstance(record, line.Source):
            self._notes(record.annotations, source_id=self.known.sources[kept])
        elif isinstance(record, line.Claim):
            self._notes(record.annotations, claim_id=self.known.claims[kept])
        return "unchanged"

    # What is there already

    def _settle(self, record, pk: int, *, same: bool, model, rewrite) -> Effect:
        """The effect on a row that exists: none, a change, or none with a word when somebody has worked on it."""
        if same:
            return "unchanged"
        if (type(record), pk) in self.fresh:
            raise Unfit("$", "an earlier line says something else of the same thing.")
        # Held from here on: who saves it meanwhile waits, and who saved it just now is seen.
        row = model.objects.select_for_update().get(pk=pk)
        if model.history.filter(id=pk).exclude(history_change_reason=REASON).exists():
            self.warnings.append(("kept", KEPT))
            return "unchanged"
        self.changes.append(lambda: rewrite(row))
        return "changed"

    def _simple(self, record, known: dict, key, describe, model, rewrite) -> Effect | None:
        """The effect of a record on a row that exists; None when there is no such row."""
        pk = known.get(key)
        if pk is None:
            return None
        there = self.fresh.get((type(record), pk)) or self._described(type(record), describe, known)[pk]
        return self._settle(record, pk, same=_bare(record) == _bare(there), model=model, rewrite=rewrite)

    def _described(self, of: type, describe, known: dict) -> dict[int, line.Record]:
        """The rows of this kind that the batch names, described all at once."""
        if of not in self._existing:
            ids = sorted({pk for pk in known.values() if (of, pk) not in self.fresh})
            self._existing[of] = dict(zip(ids, describe(ids), strict=True))
        return self._existing[of]

    def _add(self, record, known: dict, key, table, *values) -> int:
        pk = self.counters.of(table.model)()
        known[key] = pk
        self._added.append((known, key))
        self.fresh[type(record), pk] = record
        self.rows[table].append((pk, *values))
        return pk

    def _save(self, row, **values) -> None:
        for name, value in values.items():
            setattr(row, name, value)
        row._change_reason, row._history_user = REASON, self.by
        row.save()

    # What records refer to

    def _find(self, known: dict, key, path: str, advice: str) -> int | None:
        if key is None:
            return None
        try:
            return known[key]
        except KeyError:
            raise Unfit(path, f"“{key}” is unknown here. {advice}") from None

    def _source(self, slug: str | None, path: str) -> int | None:
        return self._find(self.known.sources, slug, path, "Put a line of kind “source” before this one.")

    def _user(self, name: str | None) -> int | None:
        if name is None:
            return None
        if name not in self.known.users:
            pk = self.counters.of(User)()
            self.known.users[name] = pk
            self._added.append((self.known.users, name))
            self.rows[self.tables.users].append((pk, name, make_password(None), False, self.now))
        return self.known.users[name]

    def _decision(self, row: line.Suggested) -> tuple:
        return self._user(row.decided_by), moment(row.decided_at)

    # Kinds

    def source(self, record: line.Source) -> Effect:
        def rewrite(row):
            self._save(row, kind=record.type, selectors=record.selectors, **_plain(tables.SOURCE, record))
            if _names(record) != sorted(row.names.values_list("kind", "name")):
                row.names.all().delete()
                self._names(row.pk, record)

        effect = self._simple(record, self.known.sources, record.slug, describing.sources, models.Source, rewrite)
        if effect is None:
            values = (record.type, _json(record.selectors), *tables.SOURCE.of(record))
            self._names(self._add(record, self.known.sources, record.slug, self.tables.sources, *values), record)
        self._notes(record.annotations, source_id=self.known.sources[record.slug])
        return effect or "new"

    def _names(self, source_id: int, record: line.Source) -> None:
        rows, next_id = self.rows[self.tables.source_names], self.counters.of(models.SourceName)
        rows += [(next_id(), source_id, name.kind, name.name) for name in record.names]

    def person(self, record: line.Person) -> Effect:
        source_id = self._source(record.source, "source")

        def rewrite(row):
            self._save(row, name=record.name, source_id=source_id)
            _rename(row.aliases, record.aliases)

        known = self.known.people
        effect = self._simple(record, known, record.slug, describing.people, models.Person, rewrite)
        if effect is None:
            pk = self._add(record, known, record.slug, self.tables.people, record.slug, record.name, source_id)
            next_id = self.counters.of(models.PersonAlias)
            self.rows[self.tables.person_aliases] += [(next_id(), pk, name) for name in record.aliases]
        return effect or "new"

    def tag(self, record: line.Tag) -> Effect:
        for name in record.aliases:
            if name.lower() in self.known.tags:
                raise Unfit("aliases", f"“{name}” is a tag of its own here: merge the two, or leave the alias out.")

        def rewrite(row):
            self._save(row, name=record.name, slug=record.slug, kind=record.type, description=record.description)
            _rename(row.aliases, record.aliases)

        known, key = self.known.tags, record.name.lower()
        effect = self._simple(record, known, key, describing.tags, models.Tag, rewrite)
        if effect is None:
            values = (record.name, record.slug, record.type, record.description)
            pk = self._add(record, known, key, self.tables.tags, *values)
            next_id = self.counters.of(models.TagAlias)
            self.rows[self.tables.tag_aliases] += [(next_id(), pk, name) for name in record.aliases]
        return effect or "new"

    def rating(self, record: line.Rating) -> Effect:
        def rewrite(row):
            self._save(row, **_plain(tables.RATING, record))

        known, key = self.known.ratings, (record.slug, record.edition)
        effect = self._simple(record, known, key, describing.ratings, models.Rating, rewrite)
        if effect is None:
            self._add(record, known, key, self.tables.ratings, *tables.RATING.of(record))
        return effect or "new"

    def expiry_rule(self, record: line.ExpiryRule) -> Effect:
        def rewrite(row):
            self._save(row, days=record.days)

        known, key = self.known.expiry_rules, record.statement_type
        effect = self._simple(record, known, key, describing.expiry_rules, models.ExpiryRule, rewrite)
        if effect is None:
            self._add(record, known, key, self.tables.expiry_rules, record.statement_type, record.days)
        return effect or "new"

    def words(self, record: line.RatingWords) -> Effect:
        def rewrite(row):
            self._save(row, **_plain(tables.RATING_WORDS, record))

        known, key = self.known.rating_words, (record.words, record.site)
        effect = self._simple(record, known, key, describing.rating_words, models.RatingWords, rewrite)
        if effect is None:
            self._add(record, known, key, self.tables.rating_words, *tables.RATING_WORDS.of(record))
        return effect or "new"

    def capture_line(self, record: line.Capture) -> Effect:
        new = record.sha256 not in self.known.captures
        self._capture(record)
        return "new" if new else "unchanged"

    def _capture(self, record: line.CaptureOfPage) -> int:
        """A capture never changes: one of this hash is the same."""
        if record.sha256 in self.known.captures:
            return self.known.captures[record.sha256]
        pk = self._add(
            record,
            self.known.captures,
            record.sha256,
            self.tables.captures,
            content_of(record),
            moment(record.received_at) or self.now,
            self._user(record.received_by),
            _json(record.receipt),
            *tables.CAPTURE.of(record),
        )
        for piece in record.pieces:
            self._piece(piece, pk, None)
        return pk

    def _piece(self, piece: line.PieceOfCapture | line.Piece, capture_id: int, became_id: int | None) -> None:
        self.rows[self.tables.pieces].append(
            (
                self.counters.of(models.Piece)(),
                *(capture_id, became_id, *self._decision(piece), piece.state, piece.start, piece.end, piece.title),
            )
        )

    def piece(self, record: line.Piece) -> Effect:
        advice = "Put the line of the capture, or of the article that holds it, before this one."
        capture_id = self._find(self.known.captures, record.capture, "capture", advice)
        became_id = self._find(self.known.captures, record.became, "became", advice)
        row = models.Piece.objects.filter(capture=capture_id, start=record.start, end=record.end).first()
        if row is None:
            self._piece(record, capture_id, became_id)
            return "new"
        if row.became_id is not None or row.state != models.State.SUGGESTED:
            return "unchanged"
        by, at = self._user(record.decided_by), record.decided_at
        values = {"became_id": became_id, "state": record.state, "decided_by_id": by, "decided_at": at}
        self.changes.append(lambda: self._save(row, **values))
        return "changed"

    def claim(self, record: line.ClaimOfArticle, path: str = "") -> Effect:
        known, key = self.known.claims, (record.text, record.language)
        pk = known.get(key)
        if pk is None:
            pk, effect = self._new_claim(record, path), "new"
        else:
            there = self.fresh.get((line.Claim, pk)) or self._described(line.Claim, describing.claims, known)[pk]
            same = _core_of_claim(record, there) == _core_of_claim(there, there)
            effect = self._settle_claim(record, pk, there, path) if not same else "unchanged"
        self._notes(record.annotations, claim_id=pk)
        return effect

    def _settle_claim(self, record, pk: int, there: line.ClaimOfArticle, path: str) -> Effect:
        worked_on = (line.Claim, pk) in self.fresh or there.checks or there.score
        row = None if worked_on else models.Claim.objects.select_for_update().get(pk=pk)
        if worked_on or models.Claim.history.filter(id=pk).exclude(history_change_reason=REASON).exists():
            self.warnings.append(("kept", f"the claim “{record.text[:80]}” {KEPT}"))
            return "unchanged"
        values = {"value": record.value, "resolves_on": record.resolves_on, "status": _status(record)}
        values |= _plain(tables.CLAIM, record)
        values["created_at"] = record.created_at or there.created_at

        def rewrite():
            self._save(row, **values)
            row.wordings.all().delete()
            for wording in record.wordings:
                row.wordings.create(text=wording.text, language=wording.language)

        self.changes.append(rewrite)
        self._checks(record, pk, path)
        return "changed"

    def _new_claim(self, record: line.ClaimOfArticle, path: str) -> int:
        pk = record.number
        if pk is None or pk in self.known.numbers:
            pk = self.counters.of(models.Claim, above=self.highest_number)()
            if record.number is not None:
                words = f"number {record.number} belongs to another claim here: “{record.text[:80]}” is number {pk}."
                self.warnings.append(("renumbered", words))
        self.known.numbers.add(pk)
        self.known.claims[record.text, record.language] = pk
        self._added.append((self.known.claims, (record.text, record.language)))
        self.fresh[line.Claim, pk] = record
        status = _status(record)
        if record.status not in ("", status):
            words = f"the checks of “{record.text[:80]}” amount to “{status}”, not to “{record.status}”."
            self.warnings.append(("status", words))
        self.rows[self.tables.claims].append(
            (
                pk,
                None if record.value is None else format(record.value, "f"),
                status,
                moment(record.created_at) or self.now,
                day(record.resolves_on),
                *tables.CLAIM.of(record),
            )
        )
        for wording in record.wordings:
            if (wording.text, wording.language) in self.known.claims:
                raise Unfit(path + "wordings", f"“{wording.text[:80]}” is a claim of its own here: merge the two.")
            values = (self.counters.of(models.ClaimWording)(), pk, wording.text, wording.language)
            self.rows[self.tables.wordings].append(values)
        self._checks(record, pk, path)
        return pk

    def _checks(self, record: line.ClaimOfArticle, claim_id: int, path: str) -> None:
        checks, evidence = self.rows[self.tables.checks], self.rows[self.tables.evidence]
        for number, found in enumerate(record.checks):
            pk, place = self.counters.of(models.FactCheck)(), f"{path}checks[{number}]."
            rating = self._rating(found, place)
            checks.append(
                (
                    *(pk, claim_id, rating, day(found.as_of), day(found.expires_on)),
                    *(self._user(found.author), self._user(found.reviewer), moment(found.created_at)),
                    *(day(found.checked_on), moment(found.submitted_at), moment(found.decided_at)),
                    *(moment(found.reopened_at), self._user(found.reopened_by), _json(found.seal)),
                    *tables.CHECK.of(found),
                )
            )
            self._know(self.known.checks, (claim_id, found.number), pk)
            for row, item in enumerate(found.evidence):
                source_id = self._source(item.source, f"{place}evidence[{row}].source")
                evidence_id = self.counters.of(models.Evidence)()
                evidence.append((evidence_id, pk, source_id, *tables.EVIDENCE.of(item)))
                self._know(self.known.evidence, (pk, item.position), evidence_id)
            self.rows[self.tables.search_steps] += [
                (self.counters.of(models.SearchStep)(), pk, day(step.searched_on), *tables.STEP.of(step))
                for step in found.search_steps
            ]
            for row, given in enumerate(found.reviews):
                rating, by = self._rating(given, f"{place}reviews[{row}]."), self._user(given.reviewer)
                values = (pk, by, rating, moment(given.at), *tables.REVIEW.of(given))
                self.rows[self.tables.reviews].append((self.counters.of(models.Review)(), *values))
        if score := record.score:
            self.rows[self.tables.scores].append(
                (
                    *(self.counters.of(models.ForecastScore)(), claim_id),
                    *(self._user(score.scored_by), moment(score.scored_at)),
                    *(self._user(score.confirmed_by), moment(score.confirmed_at)),
                    *tables.SCORE.of(score),
                )
            )

    def _rating(self, found: line.FactCheck | line.Review, place: str) -> int | None:
        key = (found.rating, found.edition) if found.rating else None
        return self._find(self.known.ratings, key, place + "rating", "Use a rating of the scale.")

    def _know(self, known: dict, key, pk: int) -> None:
        known[key] = pk
        self._added.append((known, key))

    def _check_named(self, key: line.CheckKey, path: str) -> int:
        """The check of this number, of this batch or the database."""
        advice = "Put the claim with its checks before this line."
        claim_id = self._find(self.known.claims, (key.text, key.language), path, advice)
        if (claim_id, key.number) not in self.known.checks:
            rows = models.FactCheck.objects.filter(claim=claim_id).values_list("number", "pk")
            self.known.checks.update({(claim_id, number): pk for number, pk in rows})
        return self._find(self.known.checks, (claim_id, key.number), path, advice)

    def _is_touched(self, check_id: int) -> bool:
        """Whether a person has worked on the check: nothing is added to it then."""
        touched = models.FactCheck.history.filter(id=check_id).exclude(history_change_reason=REASON).exists()
        if touched:
            self.warnings.append(("kept", KEPT))
        return touched

    def precedents(self, record: line.Precedents) -> Effect:
        check_id = self._check_named(record.check, "check")
        wanted = {self._check_named(key, f"consulted[{number}]") for number, key in enumerate(record.consulted)}
        there = models.FactCheck.objects.filter(consulted_by=check_id).values_list("pk", flat=True)
        missing = wanted - {*there} - {other for one, other in self.consulted if one == check_id}
        if not missing or self._is_touched(check_id):
            return "unchanged"
        self.consulted += [(check_id, other) for other in sorted(missing)]
        return "new"

    def evidence_copy(self, record: line.EvidenceCopy) -> Effect:
        key = (self._check_named(record.check, "check"), record.position)
        if key not in self.known.evidence:
            rows = models.Evidence.objects.filter(fact_check=key[0]).values_list("position", "pk")
            self.known.evidence.update({(key[0], position): pk for position, pk in rows})
        evidence_id = self._find(self.known.evidence, key, "position", "It is the position of evidence of the check.")
        there = models.EvidenceCopy.objects.filter(evidence=evidence_id).values_list("sha256", flat=True).first()
        if there == record.sha256 or any(row[1] == evidence_id for row in self.rows[self.tables.copies]):
            return "unchanged"
        if there or self._is_touched(key[0]):
            return "unchanged"
        content = b64decode(record.base64)
        self.rows[self.tables.copies].append(
            (
                *(self.counters.of(models.EvidenceCopy)(), evidence_id, content, len(content)),
                *(moment(record.kept_at) or self.now, self._user(record.kept_by), *tables.COPY.of(record)),
            )
        )
        return "new"

    def _claim_named(self, key: line.ClaimKey | None) -> int | None:
        """The claim of these words: one that is known, one that this batch brings whole, or a new one."""
        if key is None:
            return None
        pk = self.known.claims.get((key.text, key.language))
        if pk is None:
            whole = self.whole_claims.get((key.text, key.language))
            return self._new_claim(whole or line.ClaimOfArticle(text=key.text, language=key.language), "claim.")
        return pk

    def article(self, record: line.Article) -> Effect:
        if "\r" in record.body:
            record = msgspec.structs.replace(record, body=normalise_newlines(record.body))
        known = self.known.articles
        pk = known.get(record.slug)
        if pk is None:
            self._new_article(record)
            return "new"
        there = self.fresh.get((line.Article, pk)) or self._described(line.Article, describing.articles, known)[pk]
        effects = {self.claim(claim, f"claims[{number}].") for number, claim in enumerate(record.claims)}
        if _core_of_article(record, there) == _core_of_article(there, there):
            effects.add("changed" if self._notes_of_article(record, pk) else "unchanged")
        elif (line.Article, pk) in self.fresh:
            raise Unfit("slug", "an earlier line is another article of this slug.")
        else:
            row = models.Article.objects.select_for_update().get(pk=pk)
            if was_worked_on(row):
                self.warnings.append(("kept", KEPT))
            else:
                self._rewrite(row, record, there)
                effects.add("changed")
        return "unchanged" if effects <= {"unchanged"} else "changed"

    def _new_article(self, record: line.Article) -> None:
        pk = self._add(
            record,
            self.known.articles,
            record.slug,
            self.tables.articles,
            _json(record.headings),
            self._capture_of(record),
            _json(record.provenance),
            *(moment(record.published_at), self._user(record.published_by)),
            *(moment(record.withdrawn_at), self._user(record.withdrawn_by)),
            moment(record.created_at) or self.now,
            *tables.ARTICLE.of(record),
        )
        for number, claim in enumerate(record.claims):
            self.claim(claim, f"claims[{number}].")
        self._parts(record, pk)

    def _rewrite(self, row: models.Article, record: line.Article, there: line.Article) -> None:
        """Nobody has worked on it: the text and what was found in it are replaced."""
        values = {
            "headings": record.headings,
            "capture_id": self._capture_of(record),
            "provenance": record.provenance,
            "published_at": record.published_at,
            "published_by_id": self._user(record.published_by),
            "withdrawn_at": record.withdrawn_at,
            "withdrawn_by_id": self._user(record.withdrawn_by),
            "created_at": record.created_at or there.created_at,
            **_plain(tables.ARTICLE, record),
        }

        def change():
            for found in (row.appearances, row.citations, row.hops, row.tag_links, row.fingerprints):
                found.all().delete()
            self._save(row, **values)

        self.changes.append(change)
        self._parts(record, row.pk)

    def _capture_of(self, record: line.Article) -> int | None:
        if isinstance(record.capture, line.CaptureOfPage):
            return self._capture(record.capture)
        advice = "Put the line of the capture before this one, or the whole capture here."
        return self._find(self.known.captures, record.capture, "capture", advice)

    def _parts(self, record: line.Article, pk: int) -> None:
        links, next_id = self.rows[self.tables.tag_links], self.counters.of(models.TagLink)
        for link_ in record.tags:
            links.append((next_id(), pk, self._tag(link_), *self._decision(link_), link_.state))
        hops, next_id = self.rows[self.tables.hops], self.counters.of(models.Hop)
        for number, hop in enumerate(record.hops):
            path = f"hops[{number}]."
            hops.append(
                (
                    *(next_id(), pk, hop.type, self._source(hop.source, path + "source")),
                    self._find(
                        self.known.people,
                        hop.person,
                        path + "person",
                        "Put a line of kind “person” before this one.",
                    ),
                    self._find(
                        self.known.captures,
                        hop.capture,
                        path + "capture",
                        "Put a line of kind “capture” before this one.",
                    ),
                    *(*self._decision(hop), *tables.HOP.of(hop)),
                )
            )
        positions = self._citations(record, pk)
        self._appearances(record, pk, positions)
        self._notes_of_article(record, pk, positions)

    def _citations(self, record: line.Article, pk: int) -> dict[int, int]:
        rows, next_id = self.rows[self.tables.citations], self.counters.of(models.Citation)
        positions = {citation.position: next_id() for citation in record.citations}
        if len(positions) != len(record.citations):
            raise Unfit("citations", "two citations have the same position.")
        advice = "It is the position of another citation of the article."
        for number, citation in enumerate(record.citations):
            path, citation_id = f"citations[{number}].", positions[citation.position]
            rows.append(
                (
                    *(citation_id, pk, self._source(citation.source, path + "source")),
                    self._find(positions, citation.via, path + "via", advice),
                    self._find(positions, citation.antecedent, path + "antecedent", advice),
                    *(self._user(citation.checked_by), moment(citation.checked_at), *self._decision(citation)),
                    *(*anchor_of(citation.anchor), *tables.CITATION.of(citation)),
                )
            )
            if citation.candidates:
                self.candidates += [
                    (citation_id, self._source(slug, path + "candidates")) for slug in citation.candidates
                ]
        return positions

    def _appearances(self, record: line.Article, pk: int, positions: dict[int, int]) -> None:
        rows, next_id = self.rows[self.tables.appearances], self.counters.of(models.Appearance)
        advice = "It is the position of a citation of the article."
        for number, appearance in enumerate(record.appearances):
            appearance_id = next_id()
            rows.append(
                (
                    *(appearance_id, pk, self._claim_named(appearance.claim), *self._decision(appearance)),
                    *(*anchor_of(appearance.anchor), appearance.state, appearance.variant),
                )
            )
            path = f"appearances[{number}].citations"
            self.supporting += [
                (appearance_id, self._find(positions, position, path, advice)) for position in appearance.citations
            ]

    def _tag(self, found: line.TagOfArticle) -> int:
        key = found.name.lower()
        if key not in self.known.tags:
            record = line.Tag(version=line.VERSION, name=found.name, slug=self._free_slug(found.name), type=found.type)
            values = (record.name, record.slug, record.type, record.description)
            self._add(record, self.known.tags, key, self.tables.tags, *values)
        return self.known.tags[key]

    def _free_slug(self, name: str) -> str:
        """The slug of a new tag. That of its name is free but for names that differ only in signs."""
        if self._taken_slugs is None:
            slugs = {_slug(found) for found in self.tag_names}
            self._taken_slugs = set(models.Tag.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        slug, number = _slug(name), 1
        while slug in self._taken_slugs:
            number += 1
            slug = free_slug(models.Tag, f"{_slug(name)}-{number}")
        self._taken_slugs.add(slug)
        return slug

    # Notes

    def _notes_of_article(self, record: line.Article, pk: int, positions: dict[int, int] | None = None) -> int:
        """Notes on an article and its citations; says how many are new."""
        before = len(self.waiting_notes)
        self._notes(record.annotations, article_id=pk)
        if any(citation.annotations for citation in record.citations):
            if positions is None:
                positions = dict(models.Citation.objects.filter(article=pk).values_list("position", "pk"))
            for citation in record.citations:
                self._notes(citation.annotations, citation_id=positions[citation.position])
        return len(self.waiting_notes) - before

    def _notes(self, notes: Iterable[line.Note], **target: int) -> None:
        """Notes that are not there yet; one that is there is its author's and stays."""
        for note in notes:
            if note.uid not in self.known.notes:
                pk = self.counters.of(models.Annotation)()
                self.known.notes[note.uid] = pk
                self._added.append((self.known.notes, note.uid))
                self.waiting_notes.append((pk, note, target))

    def _write_notes(self) -> None:
        """Once all notes of the record have their ids, so that each may answer another."""
        rows = self.rows[self.tables.notes]
        for pk, note, target in self.waiting_notes:
            if note.reply_to and note.reply_to not in self.known.notes:
                self.warnings.append(("reply", f"the note that {note.uid} answers is unknown here."))
            rows.append(
                (
                    *(pk, uid(note.uid), target.get("article_id"), target.get("claim_id"), target.get("citation_id")),
                    *(target.get("source_id"), self._user(note.author), self.known.notes.get(note.reply_to)),
                    *(moment(note.created_at), moment(note.resolved_at), self._user(note.resolved_by)),
                    _json(note.original),
                    *(*anchor_of(note.anchor), *tables.NOTE.of(note)),
                )
            )

    def foreign_check(self, record: line.ForeignCheck) -> Effect:
        publisher_id = self._source(record.publisher, "publisher")
        claim_id, linked_by_id = self._claim_named(record.claim), self._user(record.linked_by)

        def rewrite(row):
            self._save(
                row,
                publisher_id=publisher_id,
                raw=record.raw,
                claim_id=claim_id,
                linked_by_id=linked_by_id,
                **_plain(tables.FOREIGN_CHECK, record),
            )

        known = self.known.foreign_checks
        effect = self._simple(record, known, record.key, describing.foreign_checks, models.ForeignCheck, rewrite)
        if effect is None:
            self._add(
                record,
                known,
                record.key,
                self.tables.foreign_checks,
                *(publisher_id, _json(record.raw), claim_id, linked_by_id, moment(record.received_at) or self.now),
                *tables.FOREIGN_CHECK.of(record),
            )
        return effect or "new"

    def correction(self, record: line.Correction) -> Effect:
        """A correction never changes; editors may have acknowledged it since."""
        pk = self.known.corrections.get(record.uid)
        if pk is not None:
            return self._acknowledged_since(record, pk)
        pk = self._number_of(record)
        self._know(self.known.corrections, record.uid, pk)
        self.fresh[line.Correction, pk] = record
        claim = record.claim
        advice = "Put the claim with its checks before this line."
        claim_id = self._find(self.known.claims, claim and (claim.text, claim.language), "claim", advice)
        checks = {
            name: None
            if (number := getattr(record, name)) is None
            else self._check_named(line.CheckKey(text=claim.text, language=claim.language, number=number), name)
            for name in ("check_before", "check_after")
        }
        self.rows[self.tables.corrections].append(
            (
                *(pk, uid(record.uid), record.type, claim_id, self._article(record.article, "article")),
                *(checks["check_before"], checks["check_after"], record.before, record.after, record.reason),
                *(moment(record.made_at), self._user(record.made_by)),
            )
        )
        for number, touched in enumerate(record.touched):
            self._touch(pk, touched, f"touched[{number}].article")
        return "new"

    def _number_of(self, record: line.Correction) -> int:
        """The number of its public address where that is free."""
        pk, taken = record.number, self.known.correction_numbers
        if pk is None or pk in taken:
            pk = self.counters.of(models.Correction, above=max(filter(None, self.named_corrections), default=0))()
            if record.number:
                words = f"the number {record.number} is taken: its public address is /corrections/{pk}/ here."
                self.warnings.append(("number", words))
        taken.add(pk)
        return pk

    def _article(self, slug: str | None, path: str) -> int | None:
        return self._find(self.known.articles, slug, path, "Put the line of the article before this one.")

    def _touch(self, correction_id: int, touched: line.TouchedArticle, path: str) -> None:
        pk = self.counters.of(models.CorrectionArticle)()
        self.rows[self.tables.touched].append((pk, correction_id, self._article(touched.article, path), touched.ring))
        for one in touched.acknowledged:
            self._acknowledge(pk, one)

    def _acknowledge(self, touched_id: int, one: line.Acknowledgement) -> None:
        row = (self.counters.of(models.Acknowledgement)(), touched_id, self._user(one.by), moment(one.at))
        self.rows[self.tables.acknowledgements].append(row)

    def _acknowledged_since(self, record: line.Correction, pk: int) -> Effect:
        if (line.Correction, pk) in self.fresh:
            return "unchanged"
        there = self._described(line.Correction, describing.corrections, self.known.corrections)[pk]
        if any(getattr(there, name) != getattr(record, name) for name in ("type", "before", "after", "reason")):
            self.warnings.append(("kept", "says something else here: what was said in public stays as it is."))
            return "unchanged"
        known = {touched.article: {one.by for one in touched.acknowledged} for touched in there.touched}
        rows = models.CorrectionArticle.objects.filter(correction=pk).values_list("article__slug", "pk")
        effect, touched_ids = "unchanged", dict(rows)
        for touched in record.touched:
            for one in touched.acknowledged:
                if touched.article in known and one.by not in known[touched.article]:
                    self._acknowledge(touched_ids[touched.article], one)
                    effect = "changed"
        return effect

    def merge(self, record: line.Merge) -> Effect:
        """It is known by its names and addresses from now on; what it moved has come as it stands."""
        if record.uid in self.known.merges:
            return "unchanged"
        if record.undone_at is None and self._stands(record):
            words = f"“{record.name[:80]}” stands here by itself: merge the two here, if they are one."
            self.warnings.append(("stands", words))
            return "unchanged"
        kept_id = self._kept(record)
        pk = self.counters.of(models.Merge)()
        self.known.merges[record.uid] = pk
        self._added.append((self.known.merges, record.uid))
        self.rows[self.tables.merges].append(
            (
                *(pk, uid(record.uid), record.type),
                *(kept_id if kind == record.type else None for kind in models.MergeKind.values),
                True,
                *(self._user(record.merged_by), moment(record.merged_at)),
                *(self._user(record.undone_by), moment(record.undone_at)),
                *tables.MERGE.of(record),
            )
        )
        self.afterwards.append(lambda: _note_origin(record, kept_id, pk))
        return "new"

    def _stands(self, record: line.Merge) -> bool:
        match record.type:
            case "source":
                return record.slug in self.known.sources
            case "person":
                return record.slug in self.known.people
            case "tag":
                return record.name.lower() in self.known.tags
        return any(tuple(name) in self.known.claims for name in record.names)

    def _kept(self, record: line.Merge) -> int | None:
        known, key = {
            "source": (self.known.sources, record.kept[:1]),
            "person": (self.known.people, record.kept[:1]),
            "tag": (self.known.tags, [name.lower() for name in record.kept]),
            "claim": (self.known.claims, record.kept),
        }[record.type]
        key = None if not key else tuple(key) if record.type == "claim" else key[0]
        return self._find(known, key, "kept", f"Put a line of kind “{record.type}” before this one.")


PLANNERS = {
    line.Source: Batch.source,
    line.Person: Batch.person,
    line.Tag: Batch.tag,
    line.Rating: Batch.rating,
    line.ExpiryRule: Batch.expiry_rule,
    line.RatingWords: Batch.words,
    line.Capture: Batch.capture_line,
    line.Claim: Batch.claim,
    line.Article: Batch.article,
    line.Precedents: Batch.precedents,
    line.EvidenceCopy: Batch.evidence_copy,
    line.Piece: Batch.piece,
    line.ForeignCheck: Batch.foreign_check,
    line.Correction: Batch.correction,
    line.Merge: Batch.merge,
}


def _slug(name: str) -> str:
    return slugify(name, allow_unicode=True)[:80].strip("-") or "untitled"


def _json(value) -> str:
    return msgspec.json.encode(value).decode()


def _plain(columns: tables.Plain, record) -> dict:
    return dict(zip(columns.names, columns.of(record), strict=True))


def _names(record: line.Source) -> list[tuple[str, str]]:
    return sorted((name.kind, name.name) for name in record.names)


def _rename(aliases, names: list[str]) -> None:
    aliases.exclude(name__in=names).delete()
    for name in set(names) - set(aliases.values_list("name", flat=True)):
        aliases.create(name=name)


def _note_origin(record: line.Merge, kept_id: int | None, merge_id: int) -> None:
    """The names that came with a merge say so."""
    owner, columns = describing.NAMES[record.type]
    for name in record.names:
        named = owner.objects.filter(**{record.type: kept_id}, **dict(zip(columns, name, strict=True)))
        named.update(merge=merge_id)


def _status(record: line.ClaimOfArticle) -> str:
    return status_of(record.checks).value


def _bare(record):
    """What is compared of records without parts: not the notes, not the order of names, not when it came."""
    changes = {}
    if isinstance(record, line.Source):
        changes = {"annotations": [], "names": [line.SourceName(kind=kind, name=name) for kind, name in _names(record)]}
    if isinstance(record, line.Person | line.Tag):
        changes = {"aliases": sorted(record.aliases)}
    if isinstance(record, line.ForeignCheck):
        changes = {"received_at": None}
    return msgspec.structs.replace(record, **changes)


def _core_of_claim(record: line.ClaimOfArticle, there: line.ClaimOfArticle) -> tuple:
    """What is compared of a claim: not its number, its status, which follows from the checks, nor its notes."""
    checks = sorted(record.checks, key=lambda check: check.number)
    wordings = {(wording.text, wording.language) for wording in record.wordings}
    own = (record.value, record.resolves_on, record.created_at or there.created_at)
    return (wordings, *tables.CLAIM.of(record), *own, checks, record.score)


def _core_of_article(record: line.Article, there: line.Article) -> line.Article:
    """What is compared of an article: its own columns and parts, not the claims, which have their own comparison, nor
    the notes, which are their authors'."""
    replace = msgspec.structs.replace
    return replace(
        record,
        capture=record.capture.sha256 if isinstance(record.capture, line.CaptureOfPage) else record.capture,
        created_at=record.created_at or there.created_at,
        tags=sorted(
            (replace(link_, name=link_.name.lower(), type="topic") for link_ in record.tags), key=attrgetter("name")
        ),
        hops=sorted(record.hops, key=lambda hop: hop.position),
        claims=[],
        citations=sorted(
            (replace(row, annotations=[], candidates=sorted(row.candidates)) for row in record.citations),
            key=attrgetter("position"),
        ),
        appearances=[replace(row, citations=sorted(row.citations)) for row in record.appearances],
        annotations=[],
    )
