"""cvquiz: flashcards and judged coding drills for computer-vision interviews."""
