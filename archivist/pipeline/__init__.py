"""The life of one snapshot: fetch, store, extract, seal, catalog. ``line`` is the story, read top to bottom."""
