"""Byte formats: HTTP/1 messages, content codings, charsets, WARC records. Pure."""
