"""One notice to one channel."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from archivist.model.channel import Channel
from archivist.model.notice import Notice

__all__ = ["deliver"]

_MESSAGE: Final = (sys.executable, "-P", "-m", "archivist.notify.message")
"""``-P`` keeps the archive's folder off its path."""
_TITLE: Final = 200


def deliver(channel: Channel, notice: Notice, *, root: Path, environ: Mapping[str, str]) -> str | None:
    """None where the notice has arrived; else why it has not.

    Args:
        channel: where to.
        notice: what.
        root: of the archive, where commands run.
        environ: theirs, and where ``env:NAME`` is looked up.
    """
    from archivist.notify.program import run_program  # noqa: PLC0415  # seldom is there something to tell

    command, data = channel.command, json.dumps(notice.to_json(), ensure_ascii=True).encode() + b"\n"
    if channel.apprise:
        address = _address(channel, environ)
        if not address:
            return f"the variable {channel.apprise.removeprefix('env:')} is not set"
        package = str(Path(__file__).resolve().parents[2])
        environ = {**environ, "PYTHONPATH": os.pathsep.join([package, *filter(None, sys.path)])}
        command, data = _MESSAGE, _order(address, notice)
    return run_program(command, data, seconds=channel.timeout.total_seconds(), cwd=root, environ=environ)


def _address(channel: Channel, environ: Mapping[str, str]) -> str:
    if channel.apprise.startswith("env:"):
        return environ.get(channel.apprise.removeprefix("env:"), "")
    return channel.apprise


def _order(address: str, notice: Notice) -> bytes:
    title = " ".join(f"{notice.title or notice.url}".split())[:_TITLE]
    return json.dumps({"address": address, "title": title, "body": notice.to_text()}).encode()
