"""A snapshot to a citation. Pure."""
