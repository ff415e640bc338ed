"""What all tests share: how far Hypothesis goes."""

from __future__ import annotations

import os

from hypothesis import settings

# The witnesses of time that the defaults name are out in the world; a test that wants one has its own.
os.environ["ARCHIVIST_STAMP_AUTHORITIES"] = os.environ["ARCHIVIST_STAMP_CALENDARS"] = ""

# In continuous integration a red run should mean that the change is at fault, not that a new example was drawn.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
