"""What writes bundles, and puts into them: this program, and the second verifier that goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Final

import archivist

__all__ = ["SECOND", "Maker", "this_program"]

SECOND: Final = "verify_receipt.py"
"""The second verifier, as it is called in a bundle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """What writes bundles."""

    software: str
    second: bytes | None
    """The second verifier; None where it is not at hand."""


def this_program() -> Maker:
    """This program, with the second verifier where the installation has it."""
    found = files("archivist.bundle") / "verify_receipt.txt"
    second = found.read_bytes() if found.is_file() else None
    return Maker(software=f"archivist {archivist.__version__}", second=second)
