"""The SQLite index: a cache that can be rebuilt from archives/ and manifests/."""
