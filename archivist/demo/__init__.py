"""A small made-up newspaper that publishes an article and then edits it."""
