"""The disk: WARC files, manifests, log, settings, lock."""
