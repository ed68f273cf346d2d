"""SQLite: the review log and the cache."""
