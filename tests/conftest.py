"""What all tests share: how far Hypothesis goes."""

from __future__ import annotations

import os

from hypothesis import settings

# In continuous integration a red run should mean that the change is at fault, not that a new example was drawn.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
