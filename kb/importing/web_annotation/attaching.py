"""Where the words that selectors select stand in a text, or why that cannot be told. Pure.

Words are marked only where a quotation names them, or a position in our own text: elsewhere a position says where words
stood in a text that we do not have.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.text import anchors, reanchoring
from kb.text.anchors import Anchor

from .parsing import Selector, Target

_UNSURE = {
    "orphaned": gettext_lazy("The text does not hold the words it quotes."),
    "changed": gettext_lazy("The text does not hold the words it quotes, but words like them."),
    "ambiguous": gettext_lazy("The words it quotes stand in the text, but not surely where it means."),
}


@dataclass(frozen=True, slots=True)
class Attached:
    """The words, or none; `why` says what did not attach. Both are empty for a target without selectors."""

    words: Anchor | None = None
    why: str = ""


def attach(text: str, target: Target, *, is_our_text: bool) -> Attached:
    """The words a target selects in this text. Several selectors are several ways to say the same: the first that finds
    its words decides."""
    if not target.selectors:
        return Attached()
    hint = _position(target.selectors)
    reasons = []
    for selector in target.selectors:
        if found := _select(text, selector, hint, is_our_text=is_our_text, reasons=reasons):
            return Attached(anchors.anchor(text, *found))
    return Attached(why=" ".join(dict.fromkeys(reasons)))


def _select(
    text: str, selector: Selector, hint: int | None, *, is_our_text: bool, reasons: list[str]
) -> tuple[int, int] | None:
    match selector.kind:
        case "TextQuoteSelector":
            found = _quoted(text, selector.values, hint, reasons)
        case "TextPositionSelector":
            found = _positioned(text, selector.values, reasons) if is_our_text else None
            if not is_our_text:
                reasons.append(_("A position without the words cannot be checked."))
        case "RangeSelector":
            found = _ranged(text, selector, is_our_text=is_our_text, reasons=reasons)
        case kind:
            if any(one.kind in ("TextQuoteSelector", "RangeSelector") for one in selector.refined_by):
                # What it refines is the whole text, for all we know: the quotation still names its words.
                found = (0, len(text))
            else:
                found = None
                reasons.append(
                    _("%(kind)s: we keep the words of a text, not its pages, elements or pictures.")
                    % {"kind": kind or _("a selector elsewhere")}
                )
    if found is None or not selector.refined_by:
        return found
    start, end = found
    for refining in selector.refined_by:
        inner = _select(text[start:end], refining, None, is_our_text=True, reasons=reasons)
        if inner and inner[0] < inner[1]:
            return start + inner[0], start + inner[1]
    return None


def _quoted(text: str, values: dict, hint: int | None, reasons: list[str]) -> tuple[int, int] | None:
    exact, prefix, suffix = values["exact"], values.get("prefix", ""), values.get("suffix", "")
    start = max(text.find(exact), 0) if hint is None else hint
    quoted = Anchor(exact, prefix, suffix, start, start + len(exact))
    if hint is not None and (prefix or suffix) and anchors.holds(text, quoted):
        return quoted.start, quoted.end
    outcome = reanchoring.reanchor(text, [quoted])[0]
    if outcome.anchor:
        return outcome.anchor.start, outcome.anchor.end
    reasons.append(str(_UNSURE[outcome.kind]))
    return None


def _positioned(text: str, values: dict, reasons: list[str]) -> tuple[int, int] | None:
    start, end = values["start"], values["end"]
    if start < end <= len(text):
        return start, end
    reasons.append(_("The text has no words at %(start)d to %(end)d.") % {"start": start, "end": end})
    return None


def _ranged(text: str, selector: Selector, *, is_our_text: bool, reasons: list[str]) -> tuple[int, int] | None:
    """From where the first selection starts to where the second one starts."""
    ends = []
    for part in (selector.start, selector.end):
        found = next(
            filter(None, (_select(text, one, None, is_our_text=is_our_text, reasons=reasons) for one in part)), None
        )
        if found is None:
            return None
        ends.append(found[0])
    if ends[0] < ends[1]:
        return ends[0], ends[1]
    reasons.append(_("Its range ends before it starts."))
    return None


def _position(selectors: tuple[Selector, ...]) -> int | None:
    """Where a quotation beside a position says it stood."""
    return next((one.values["start"] for one in selectors if one.kind == "TextPositionSelector"), None)
