"""New cards of the reading view: what is filled in from the selected words, and what becomes of it."""

from collections.abc import Sequence
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.importing.planning import load_register
from kb.importing.selected import citation_at, sentences_at
from kb.models import (
    LEFT_OPEN,
    Access,
    Annotation,
    Appearance,
    Article,
    Citation,
    Claim,
    Evidence,
    FactCheck,
    FactCheckStatus,
    Genre,
    HopKind,
    Motivation,
    Resolution,
    Source,
    Stance,
    State,
    StatementType,
    Variant,
)
from kb.search.similar import similar_claims
from kb.services import citations, marking, notes
from kb.services.marking import Selection
from kb.text.anchors import CONTEXT, Anchor
from kb.text.claim_likeness import Relation
from kb.text.markup import Block
from kb.text.statement_types import statement_type_of

from .forms import DeskForm, Text, Textarea, TextInput, Whole
from .similar import Offered

# How an article words a claim that is related so.
VARIANTS = {
    Relation.SAME: Variant.SAME,
    Relation.OTHER_NUMBER: Variant.OTHER_NUMBER,
    Relation.OTHER_TIME: Variant.OTHER_TIME,
    Relation.OTHER_ACTOR: Variant.OTHER_ACTOR,
    Relation.NEGATION: Variant.NEGATION,
}
BY_HAND = "by hand"


class WordsForm(forms.Form):
    """The selected words, and where they were seen. Only the words are needed."""

    exact = Whole(label=gettext_lazy("Exact words"), widget=forms.HiddenInput)
    start = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    prefix = Whole(required=False, max_length=2 * CONTEXT, widget=forms.HiddenInput)
    suffix = Whole(required=False, max_length=2 * CONTEXT, widget=forms.HiddenInput)

    @property
    def selection(self) -> Selection:
        return Selection(**self.cleaned_data)


class Card(DeskForm):
    """A new card on placed words. `block` is the paragraph in which they begin."""

    kind = ""
    heading = ""

    def __init__(self, data=None, *, request, article: Article, found: Anchor, block: Block, text: str):
        self.request, self.article, self.found, self.block, self.text = request, article, found, block, text
        row = self.new_row()
        super().__init__(data, instance=row, initial=None if data else self.derived(), auto_id=f"id_{self.kind}_%s")

    def new_row(self):
        row = self._meta.model(article=self.article)
        marking.set_anchor(row, self.article, self.found)
        return row

    def derived(self) -> dict:
        """What the words say of the fields."""
        return {}

    def save_row(self):
        raise NotImplementedError

    @property
    def _in_block(self) -> tuple[str, int, int]:
        """The paragraph, and where the words stand in it."""
        paragraph = self.text[self.block.start : self.block.end]
        start = self.found.start - self.block.start
        return paragraph, start, min(self.found.end - self.block.start, len(paragraph))


class NoteCard(Card):
    kind = "note"
    heading = gettext_lazy("New note")

    class Meta:
        model = Annotation
        fields = ["body", "motivation", "access", "labels"]
        field_classes = {"body": Text, "labels": Text}
        widgets = {"body": Textarea({"rows": 4}), "labels": Textarea({"rows": 1})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].help_text = _("Left empty, the words are highlighted.")
        self.fields["motivation"].choices = [one for one in Motivation.choices if one[0] != Motivation.REPLYING]

    @classmethod
    def blank(cls, request, article: Article) -> "NoteCard":
        """The form before any words are selected: the browser fills them in."""
        return cls(request=request, article=article, found=Anchor("", "", "", 0, 0), block=Block(0, 0, ""), text="")

    def new_row(self):
        row = super().new_row()
        row.author = self.request.user
        return row

    def derived(self):
        return {"motivation": Motivation.COMMENTING, "access": Access.TEAM}

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("body") and not cleaned.get("labels"):
            cleaned["motivation"] = Motivation.HIGHLIGHTING
        return cleaned

    def save_row(self):
        return notes.save_note(self.instance, by=self.request.user)


class CitationCard(Card):
    kind = "citation"
    heading = gettext_lazy("New citation")
    source = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=200,
        widget=TextInput({"data-names": "sources"}),
        help_text=gettext_lazy("Any of its names; one that the register does not know is kept as printed."),
    )

    class Meta:
        model = Citation
        fields = ["speaker", "date_printed", "date_edtf", "date_resolved", "claim_text"]
        widgets = {
            "claim_text": Textarea({"rows": 2}),
            **{name: TextInput for name in ("speaker", "date_printed", "date_edtf", "date_resolved")},
        }

    field_order = ["source"]

    @cached_property
    def _read(self):
        return citation_at(*self._in_block)

    def new_row(self):
        row = super().new_row()
        found = self._read
        inside = found and found.as_printed in self.found.exact
        row.as_printed = found.as_printed if inside else self.found.exact
        row.resolution = Resolution.UNNAMED
        return row

    def derived(self):
        found = self._read
        if found is None:
            return {"source": self._name_in_words()}
        row = Citation(article=self.article, date_printed=found.date_printed or "", date_edtf=found.date_edtf or "")
        inferred = citations.proposed_date(row)
        return {
            "source": found.source or found.printed_name,
            "speaker": found.speaker or "",
            "date_printed": found.date_printed or "",
            "date_edtf": found.date_edtf or "",
            "date_resolved": inferred.edtf if inferred else "",
            "claim_text": found.claim_text or "",
        }

    def _name_in_words(self) -> str:
        """The selected words, where they are nothing but a name of the register."""
        words = " ".join(self.found.exact.strip(" ()[],.;:").split())
        return words if len(words) <= 200 and load_register().is_known(words) else ""

    def clean_source(self):
        words = " ".join(self.cleaned_data["source"].split())
        row, match = self.instance, load_register().resolve(words)
        row.printed_name, row.source, row.resolution = words, None, Resolution.UNRESOLVED
        if not words:
            row.resolution = Resolution.UNNAMED
        elif match.source:
            row.source, row.resolution = Source.objects.get(name=match.source), Resolution.RESOLVED
        self.candidates = match.candidates
        return words

    def clean(self):
        cleaned = super().clean()
        row, resolved = self.instance, cleaned.get("date_resolved", "")
        asked = Citation(article=self.article)
        asked.date_printed, asked.date_edtf = cleaned.get("date_printed", ""), cleaned.get("date_edtf", "")
        proposal = citations.proposed_date(asked) if "date_edtf" in cleaned else None
        if resolved:
            row.date_basis = proposal.basis if proposal and proposal.edtf == resolved else BY_HAND
        elif proposal:
            row.date_basis = LEFT_OPEN
        return cleaned

    def save_row(self):
        row = marking.add_citation(self.instance, by=self.request.user)
        if self.candidates:
            row.candidates.set(Source.objects.filter(name__in=self.candidates))
        return row


class ClaimCard(Card):
    kind = "claim"
    heading = gettext_lazy("New appearance of a claim")
    known = forms.ChoiceField(label=gettext_lazy("The claim"), required=False, widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("In canonical words"),
        required=False,
        max_length=Claim._meta.get_field("text").max_length,
        widget=Textarea({"rows": 2}),
        help_text=gettext_lazy("One statement, understandable without its article. Only for a new claim."),
    )
    statement_type = forms.ChoiceField(label=gettext_lazy("Statement type"), required=False, choices=StatementType)

    class Meta:
        model = Appearance
        fields = ["citations"]
        widgets = {"citations": forms.CheckboxSelectMultiple}

    field_order = ["known", "text", "statement_type", "citations"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["known"].choices = [
            ("", _("A new claim")),
            *((str(one.claim.pk), one.claim.text) for one in self.similar),
        ]
        near = self.fields["citations"]
        near.queryset = Citation.objects.filter(pk__in=[row.pk for row in self._near]).select_related("source")
        near.label, near.help_text = _("Supported there by"), ""
        if not self._near:
            del self.fields["citations"]

    @property
    def _canonical(self) -> str:
        return " ".join(self.found.exact.split()).strip('“”"«»„.,;:… ')

    @cached_property
    def similar(self) -> Sequence[Offered]:
        """Claims like the words, as offers with their relation; what is only similar is offered too."""
        found = similar_claims(self._canonical, user=self.request.user, language=self.article.language)
        return [Offered(one) for one in found.candidates]

    @cached_property
    def _near(self) -> list[Citation]:
        """Citations that stand in the same sentences, or that say they support these words."""
        first, last = sentences_at(*self._in_block)
        first, last = first + self.block.start, last + self.block.start
        words = " ".join(self.found.exact.split())
        return [
            row
            for row in self.article.citations.exclude(state=State.REJECTED).order_by("position")
            if row.is_anchored
            and row.revision == self.article.revision
            and (
                (row.start < last and row.end > first) or (row.claim_text and " ".join(row.claim_text.split()) in words)
            )
        ]

    @property
    def offers(self):
        """Each choice of the claim with the offer it stands for."""
        return zip(self["known"], [None, *self.similar], strict=True)

    def derived(self):
        same = next((one for one in self.similar if one.candidate.relation == Relation.SAME), None)
        start, end = self.found.start, self.found.end
        return {
            "known": str(same.claim.pk) if same else "",
            "text": self._canonical[: Claim._meta.get_field("text").max_length],
            "statement_type": statement_type_of(
                self.found.exact,
                self.text[max(0, start - 3) : start],
                self.text[end : end + 3],
                is_opinion_piece=self.article.genre == Genre.OPINION,
            ),
            "citations": [row.pk for row in self._near if row.state == State.CONFIRMED],
        }

    def clean(self):
        cleaned = super().clean()
        chosen = next((one for one in self.similar if str(one.claim.pk) == cleaned.get("known")), None)
        if chosen:
            self.claim = chosen.claim
            self.instance.variant = VARIANTS.get(chosen.candidate.relation, Variant.SAME)
        elif "text" in cleaned:
            text = " ".join(cleaned["text"].split())
            if not text:
                self.add_error("text", _("Write the claim, or choose one above."))
            kind = cleaned.get("statement_type") or StatementType.FACT
            self.claim = Claim(text=text, language=self.article.language, statement_type=kind)
            self._refuse_worded()
        self.instance.claim = getattr(self, "claim", None)
        return cleaned

    def _refuse_worded(self) -> None:
        try:
            self.claim.clean()
        except ValidationError as error:
            self.add_error("text", [message for messages in error.message_dict.values() for message in messages])

    def save_row(self):
        chosen = self.cleaned_data.get("citations", ())
        return marking.add_appearance(self.instance, self.claim, citations=chosen, by=self.request.user)


class EvidenceCard(Card):
    kind = "evidence"
    heading = gettext_lazy("New evidence")

    class Meta:
        model = Evidence
        fields = ["fact_check", "stance", "summary"]
        widgets = {"summary": Textarea({"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        checks = self.fields["fact_check"]
        checks.queryset, checks.label, checks.empty_label = self._drafts, _("Your draft check of"), None
        checks.label_from_instance = lambda check: check.claim.text
        self.fields["stance"].choices = [one for one in Stance.choices if one[0] != Stance.NOT_FOUND]

    @property
    def _drafts(self):
        own = FactCheck.objects.filter(author=self.request.user, status=FactCheckStatus.DRAFT)
        return own.select_related("claim").order_by("-pk")

    @cached_property
    def is_possible(self) -> bool:
        """Whether there is a draft that takes evidence; without one the words can be copied."""
        return self._drafts.exists()

    @property
    def address(self) -> str:
        return self.article.address or self.request.build_absolute_uri(self.article.get_absolute_url())

    @cached_property
    def publisher(self) -> Source | None:
        hops = self.article.hops.exclude(state=State.REJECTED).exclude(source=None).select_related("source")
        found = {hop.kind: hop.source for hop in hops.order_by("-position")}
        return found.get(HopKind.PUBLISHED) or next(iter(found.values()), None)

    @property
    def copied(self) -> str:
        """What one takes along where there is no draft: the words and where they stand."""
        return f"{self.found.exact}\n\n{self.article}, {self.address}"

    def new_row(self):
        return Evidence(quote=self.found.exact, source=self.publisher, address=self.address[:1000])

    def derived(self):
        said = {"article": str(self.article), "source": self.publisher}
        words = _("%(source)s, “%(article)s”, says so.") if self.publisher else _("“%(article)s” says so.")
        return {"stance": Stance.SUPPORTS, "summary": words % said, "fact_check": self._drafts.first()}

    def clean(self):
        cleaned = super().clean()
        if check := cleaned.get("fact_check"):
            # Behind the others; the service numbers it once more while it holds the check.
            self.instance.position = check.evidence.count() + 10_000
        return cleaned

    def save_row(self):
        return marking.add_evidence(self.instance, by=self.request.user)


CARDS = {form.kind: form for form in (NoteCard, CitationCard, ClaimCard, EvidenceCard)}
RIGHTS = {
    "note": "kb.add_annotation",
    "citation": "kb.add_citation",
    "claim": "kb.add_appearance",
    "evidence": "kb.add_evidence",
}
