"""When a card is due, and what to ask next; the only room that knows fsrs."""
