"""Telling people: the feed of edits, commands and messages. The edge to their programs; knows no archive."""
