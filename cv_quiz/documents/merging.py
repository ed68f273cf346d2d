"""A document imported again: its new text comes in, and nothing that the user did to the deck goes out.

Three-way by the hashes kept in `imported` (one each for question, answer, links and tags): where a part of the card
in the deck still has the hash it was imported with, the document's new text replaces it; where it has not, the user
changed it and it stays. Ids are those of the deck, so that no history is lost.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cv_quiz.documents.identity import fingerprint, imported_hash, normal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cv_quiz.model import Card, Deck

VANISHED = "vanished"
_PARTS = ("question", "answer", "links", "tags")
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Conflict:
    """A part of a card that both the user and the document changed: the deck keeps the user's, here is the document's."""

    card: str
    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged deck, and the ids of the cards that were added, got a new text, kept a change made by hand, vanished
    from the document, or came back to it."""

    deck: Deck
    added: tuple[str, ...]
    updated: tuple[str, ...]
    kept: tuple[str, ...]
    vanished: tuple[str, ...]
    returned: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def merge(old: Deck, new: Deck) -> Merged:
    """The deck on disk with a fresh import of its document worked in.

    Cards are recognised by id, else by question, else by answer, else by their place and likeness. A card that the
    document no longer has becomes a draft with the tag `vanished`; a card that never came from it is left alone.
    """
    partners = match(old.cards, new.cards)
    merger = _Merger({card.id: card for card in old.cards}, partners, new)
    cards = merger.merge_all(old.cards)
    return Merged(
        replace(old, cards=cards),
        tuple(merger.added), tuple(merger.updated), tuple(merger.kept), tuple(merger.vanished), tuple(merger.returned),
        tuple(merger.conflicts),
    )  # fmt: skip


class _Merger:
    """Collects what happened to which card."""

    def __init__(self, old: dict[str, Card], partners: dict[int, str], new: Deck) -> None:
        self.old = old
        self.new = new
        self.partners = partners
        self.added: list[str] = []
        self.updated: list[str] = []
        self.kept: list[str] = []
        self.vanished: list[str] = []
        self.returned: list[str] = []
        self.conflicts: list[Conflict] = []

    def merge_all(self, old_cards: Sequence[Card]) -> tuple[Card, ...]:
        """The cards in the document's order; those without a place in it stay behind the card they stood behind."""
        taken = set(self.partners.values())
        behind: dict[str, list[Card]] = defaultdict(list)
        last = ""
        for card in old_cards:
            if card.id in taken:
                last = card.id
            else:
                behind[last].append(self.without_partner(card))
        merged = list(behind[""])
        for index, card in enumerate(self.new.cards):
            partner = self.partners.get(index)
            merged.append(self.update(self.old[partner], card) if partner else self.add(card))
            merged += behind[partner] if partner else ()
        return tuple(merged)

    def add(self, card: Card) -> Card:
        """A new card; where its id is taken by another in the deck, it gets one of its own."""
        ident, number = card.id, 2
        while ident in self.old or ident in self.added:
            ident, number = f"{card.id}-{number}", number + 1
        self.added.append(ident)
        return replace(card, id=ident)

    def without_partner(self, card: Card) -> Card:
        """A card that the new import does not have: marked if it came from the document, else untouched."""
        if not card.imported:
            return card
        if VANISHED not in card.tags:
            self.vanished.append(card.id)
        return replace(card, draft=True, tags=tuple(dict.fromkeys((*card.tags, VANISHED))))

    def update(self, card: Card, fresh: Card) -> Card:
        """A card with the parts that the document changed and the user did not."""
        gone = VANISHED in card.tags
        card = (
            replace(card, tags=tuple(tag for tag in card.tags if tag != VANISHED), draft=fresh.draft) if gone else card
        )
        edited = edited_parts(card)
        changed = {part for part, before, after in _hashes(card, fresh) if before != after}
        updates = {part: getattr(fresh, part) for part in _PARTS if part in changed and part not in edited}
        draft = card.draft if "answer" in edited else fresh.draft
        if not edited and not changed and not gone:
            draft = card.draft
        self.account(card, fresh, edited, changed, gone=gone)
        return replace(card, **updates, draft=draft, sources=fresh.sources, imported=fresh.imported)

    def account(self, card: Card, fresh: Card, edited: set[str], changed: set[str], *, gone: bool) -> None:
        """Notes what happened to a card."""
        if gone:
            self.returned.append(card.id)
        if edited:
            self.kept.append(card.id)
        if changed - edited:
            self.updated.append(card.id)
        for part in sorted(changed & edited):
            value = getattr(fresh, part)
            if value != getattr(card, part):
                self.conflicts.append(Conflict(card.id, part, value if isinstance(value, str) else "\n".join(value)))


def edited_parts(card: Card) -> set[str]:
    """The parts of a card that no longer have the hash they were imported with; all of them for an unreadable hash."""
    if len(card.imported.split(".")) != len(_PARTS):
        return set(_PARTS)
    return {part for part, before, now in _hashes(card, replace(card, imported=imported_hash(card))) if before != now}


def _hashes(card: Card, other: Card) -> list[tuple[str, str, str]]:
    """For each part its name and its hash in either card's `imported`."""
    mine, theirs = card.imported.split("."), other.imported.split(".")
    mine += [""] * (len(_PARTS) - len(mine))
    theirs += [""] * (len(_PARTS) - len(theirs))
    return [(part, mine[at], theirs[at]) for at, part in enumerate(_PARTS)]


def match(old: Sequence[Card], new: Sequence[Card]) -> dict[int, str]:
    """Index of a new card -> id of the old card it is; each old card is used once. Only imported cards take part."""
    imported = [card for card in old if card.imported]
    partners: dict[int, str] = {}
    for key in (_by_id, _by_imported_question, _by_question, _by_imported_answer):
        _match_equal(imported, new, partners, key)
    _match_alike(imported, new, partners)
    return partners


def _by_id(card: Card) -> str:
    return card.id


def _by_imported_question(card: Card) -> str:
    return card.imported.split(".")[0]


def _by_question(card: Card) -> str:
    return normal(card.question)


def _by_imported_answer(card: Card) -> str:
    parts = card.imported.split(".")
    return parts[1] if len(parts) > 1 and parts[1] != fingerprint("") else ""


def _match_equal(
    old: Sequence[Card], new: Sequence[Card], partners: dict[int, str], key: Callable[[Card], str]
) -> None:
    """Pairs cards with the same key, in order; a key that is empty pairs nothing."""
    taken = set(partners.values())
    waiting: dict[str, list[str]] = defaultdict(list)
    for card in reversed(old):
        if card.id not in taken and key(card):
            waiting[key(card)].append(card.id)
    for index, card in enumerate(new):
        if index not in partners and waiting.get(key(card)):
            partners[index] = waiting[key(card)].pop()


def _match_alike(old: Sequence[Card], new: Sequence[Card], partners: dict[int, str]) -> None:
    """Pairs what is left between two neighbours that were matched: there a question was reworded."""
    places = {card.id: place for place, card in enumerate(old)}
    used = set(partners.values())
    floor = -1
    for index in range(len(new)):
        if index in partners:
            floor = places[partners[index]]
            continue
        candidate = floor + 1
        if (
            candidate < len(old)
            and old[candidate].id not in used
            and _alike(old[candidate].question, new[index].question)
        ):
            partners[index] = old[candidate].id
            used.add(old[candidate].id)
            floor = candidate


def _alike(one: str, two: str) -> bool:
    """Whether two questions share most of their pairs of characters (Dice coefficient)."""
    first, second = _pairs(normal(one)), _pairs(normal(two))
    total = len(first) + len(second)
    return total > 0 and 2 * len(first & second) / total >= _ALIKE


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(max(1, len(text) - 1))} if text else set()
