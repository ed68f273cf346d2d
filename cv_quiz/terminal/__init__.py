"""Keys, screens, Markdown, mathematics and pictures."""
