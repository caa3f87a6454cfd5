"""Somebody saves a text while somebody else settles where lost words stand, over two real connections."""

import pytest

from kb.models import Article
from kb.models.rules import StaleVersion
from kb.services import anchoring, articles
from kb.services.refusal import Refused
from tests.at_once import at_once
from tests.factories import make_article, make_note, make_user, words

pytestmark = pytest.mark.django_db(transaction=True)
BODY = "Grain is moving again. Two more convoys left Odesa. Nobody was hurt, said the mayor."


def outcome(act):
    try:
        act()
    except (Refused, StaleVersion) as late:
        return type(late).__name__
    return "done"


@pytest.mark.parametrize("change", [("Nobody was hurt", "Two were hurt"), ("Three more convoys left Odesa. ", "")])
def test_a_place_that_was_settled_is_looked_for_in_the_new_text_or_refused(change):
    analyst, editor = make_user(group="analyst"), make_user(group="editor")
    for _ in range(3):
        article = make_article(body=BODY)
        note = make_note(article=article, **words(article, "Two more convoys left Odesa"))
        article.body = article.body.replace("Two more", "Three more")
        articles.save_text(article, by=editor)
        note.refresh_from_db()
        [[start, end, _score]] = note.places

        def save(article=article):
            found = Article.objects.get(pk=article.pk)
            found.body = found.body.replace(*change)
            articles.save_text(found, by=editor)

        def settle(note=note, place=(start, end)):
            anchoring.settle_anchor(note, place, by=analyst, revision=2)

        saved, settled = at_once(lambda: outcome(save), lambda: outcome(settle))
        assert saved == "done" and settled in ("done", "Refused", "StaleVersion")
        note.refresh_from_db()
        article.refresh_from_db()
        assert article.revision == 3
        if note.revision == 3:
            assert article.text[note.start : note.end] == note.exact == "Three more convoys left Odesa"
            assert settled == "done"
        else:
            assert note.standing in ("changed", "ambiguous", "orphaned")
