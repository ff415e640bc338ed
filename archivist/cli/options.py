"""Options that several verbs share."""

from __future__ import annotations

import click

__all__ = ["as_json", "help_of"]

as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


def help_of(summary: str, *examples: str) -> str:
    r"""The help text of a verb: what it does, then examples, as they would be typed.

    The ``\b`` keeps click from re-wrapping the examples.
    """
    lines = "\n".join(f"  {example}" for example in examples)
    return f"{summary}\n\n\b\nExamples:\n{lines}"
