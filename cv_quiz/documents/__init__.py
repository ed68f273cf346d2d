"""From a Q&A document to a deck; one file per layout."""
