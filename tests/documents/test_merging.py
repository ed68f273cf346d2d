"""A document imported again: its changes come in, the user's stay, nothing is lost."""

from __future__ import annotations

from dataclasses import replace

from cv_quiz.documents import import_document, merge, read_document
from cv_quiz.model import Card, Deck, Importance

ONE = """# Notes

## What is NMS?

Keep the best box.

## How is IoU computed?

Intersection over union.

See https://a.b/iou

## Why anchors?
"""


def deck(text: str) -> Deck:
    return import_document(read_document(text.encode(), "notes.md")).deck


def changed(old: Deck, **changes: dict[str, object]) -> Deck:
    """The deck with the n-th card changed by hand, `card0={...}`."""
    cards = [replace(card, **changes.get(f"card{at}", {})) for at, card in enumerate(old.cards)]  # type: ignore[arg-type]
    return replace(old, cards=tuple(cards))


def test_the_same_document_changes_nothing() -> None:
    merged = merge(deck(ONE), deck(ONE))
    assert merged.deck == deck(ONE)
    assert not any((merged.added, merged.updated, merged.kept, merged.vanished, merged.returned, merged.conflicts))


def test_the_documents_new_text_comes_in_and_the_id_stays() -> None:
    old, new = deck(ONE), deck(ONE.replace("best box", "best-scored box"))
    merged = merge(old, new)
    assert merged.deck.cards[0].answer == "Keep the best-scored box."
    assert merged.updated == (old.cards[0].id,)


def test_a_reworded_question_keeps_its_id() -> None:
    old = deck(ONE)
    new = deck(
        ONE.replace("What is NMS?", "What does NMS do?").replace(
            "Keep the best box.", "Keep the best box, drop the rest."
        )
    )
    merged = merge(old, new)
    assert [card.id for card in merged.deck.cards] == [card.id for card in old.cards]
    assert merged.deck.cards[0].question == "What does NMS do?"


def test_what_was_changed_by_hand_stays() -> None:
    old = deck(ONE)
    mine = changed(
        old,
        card0={
            "answer": "My own words.",
            "points": ("sort", "suppress"),
            "importance": Importance.CORE,
            "hint": "boxes",
        },
        card1={"tags": ("geometry",)},
    )
    merged = merge(mine, deck(ONE.replace("What is NMS?", "What is NMS for?")))
    first = merged.deck.cards[0]
    assert (first.question, first.answer, first.points, first.importance) == (
        "What is NMS for?", "My own words.", ("sort", "suppress"), Importance.CORE,
    )  # fmt: skip
    assert merged.deck.cards[1].tags == ("geometry",)
    assert merged.kept == (old.cards[0].id, old.cards[1].id)


def test_both_changed_keeps_the_users_and_says_the_documents() -> None:
    old = deck(ONE)
    merged = merge(changed(old, card0={"answer": "Mine."}), deck(ONE.replace("Keep the best box.", "Theirs.")))
    assert merged.deck.cards[0].answer == "Mine."
    assert [(one.card, one.part, one.text) for one in merged.conflicts] == [(old.cards[0].id, "answer", "Theirs.")]
    again = merge(merged.deck, deck(ONE.replace("Keep the best box.", "Theirs.")))
    assert again.deck == merged.deck
    assert again.deck.cards[0].answer == "Mine."


def test_a_draft_that_the_user_answered_is_no_draft() -> None:
    old = deck(ONE)
    assert old.cards[2].draft
    mine = changed(old, card2={"answer": "They give the regression a start.", "draft": False})
    assert merge(mine, deck(ONE)).deck.cards[2].askable


def test_a_draft_that_the_document_answers_is_no_draft() -> None:
    merged = merge(deck(ONE), deck(ONE + "\nA start for the regression.\n"))
    assert merged.deck.cards[2].askable


def test_what_vanished_is_marked_and_what_returns_is_as_before() -> None:
    old = deck(ONE)
    without = deck(ONE.replace("## What is NMS?\n\nKeep the best box.\n\n", ""))
    gone = merge(old, without)
    assert gone.vanished == (old.cards[0].id,)
    card = next(card for card in gone.deck.cards if card.id == old.cards[0].id)
    assert card.draft
    assert "vanished" in card.tags
    assert card.answer == "Keep the best box."
    assert merge(gone.deck, without).vanished == ()
    back = merge(gone.deck, deck(ONE))
    assert back.returned == (old.cards[0].id,)
    assert {card.id: card for card in back.deck.cards} == {card.id: card for card in old.cards}


def test_cards_of_the_users_own_stay_where_they_are() -> None:
    old = deck(ONE)
    own = Card("my-own", "Is this mine?", "Yes.")
    mine = replace(old, cards=(old.cards[0], own, *old.cards[1:]))
    merged = merge(mine, deck(ONE.replace("Intersection over union.", "The overlap divided by the union.")))
    assert merged.deck.cards[1] == own
    assert len(merged.deck.cards) == 4


def test_a_new_question_gets_a_place_and_an_id_of_its_own() -> None:
    text = ONE.replace("## How is IoU", "## What is GIoU?\n\nIoU with a hull.\n\n## How is IoU")
    taken = replace(deck(ONE), cards=(*deck(ONE).cards, Card("notes-giou", "Mine", "Yes.")))
    merged = merge(taken, deck(text))
    assert merged.added == ("notes-giou-2",)
    assert merged.deck.cards[1].question == "What is GIoU?"


def test_the_place_in_the_document_is_always_the_documents() -> None:
    merged = merge(deck(ONE), deck("Some more words above.\n\n" + ONE))
    assert [card.sources[0].line for card in merged.deck.cards] == [5, 9, 15]
