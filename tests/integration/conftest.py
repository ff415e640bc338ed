"""A press on loopback, an archive in a folder, and the words a person types, run in this process or in another."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archivist.cli.main import main
from archivist.model.capture import Capture
from archivist.model.manifest import Snapshot
from archivist.store.settings import load
from archivist.workspace import Workspace, find_archive
from tests.press import Press

CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Stdout as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def json(self) -> dict[str, Any]:
        """Stdout as one JSON object."""
        found: dict[str, Any] = json.loads(self.out)
        return found

    def is_clean_error(self, code: int) -> bool:
        """Whether it failed as promised: the code, a message and a hint on stderr, no traceback, nothing on stdout."""
        is_said = self.err.startswith("error: ") and "\nhint: " in self.err and "Traceback" not in self.err
        return self.code == code and is_said and self.out == ""


class Archive:
    """An archive in a folder, spoken to by its commands."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __call__(self, *words: str | Path) -> Said:
        """Type the words, behind ``archivist -C DIR``, in this process."""
        return typed("-C", self.root, *words)

    def snap(self, *urls: str, code: int = 0, options: tuple[str, ...] = ()) -> list[dict[str, Any]]:
        """Snapshot pages, and return the lines of ``--json`` without the summary; ``code`` -1 means any."""
        said = self("snap", "--json", *options, *urls)
        assert code in {said.code, -1}, said
        return said.lines[:-1]

    @property
    def workspace(self) -> Workspace:
        """The archive as the library opens it."""
        return Workspace.open(find_archive(self.root, environ=os.environ))

    def snapshot(self, words: str = "@last") -> Snapshot:
        """A manifest, as read back from the disk."""
        workspace = self.workspace
        try:
            return workspace.load_snapshot(workspace.catalog.snapshot(self.id(words)))
        finally:
            workspace.close_catalog()

    def id(self, words: str = "@last") -> str:
        """The full id of a snapshot."""
        return str(self("show", words, "--json").json["id"])

    def block(self, capture: Capture) -> bytes:
        """The block of a capture's own record."""
        return b"".join(self.workspace.reader.block(capture.record))

    def files(self) -> dict[str, bytes]:
        """Every file below the folder, with its bytes."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }

    def setting(self, text: str) -> None:
        """Write ``archivist.toml``."""
        self.root.mkdir(exist_ok=True)
        (self.root / "archivist.toml").write_text(text, encoding="utf-8")
        load(self.root, environ={}, overrides={})


def typed(*words: str | Path) -> Said:
    """``archivist WORDS…`` in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    code = left.value.code
    assert isinstance(code, int)
    return Said(code=code, out=out.getvalue(), err=err.getvalue())


def spawned(*words: str | Path, cwd: Path | None = None, **environ: str) -> Said:
    """``python -m archivist WORDS…`` in a process of its own."""
    path = os.pathsep.join([str(CHECKOUT), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-m", "archivist", *map(str, words)],
        capture_output=True,
        check=False,
        cwd=cwd,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path, **environ},
        timeout=60,
    )
    return Said(code=done.returncode, out=done.stdout, err=done.stderr)


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the person who runs the tests, and none of the courtesies that cost time."""
    for name in [name for name in os.environ if name.startswith("ARCHIVIST_")]:
        monkeypatch.delenv(name)
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ARCHIVIST_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("ARCHIVIST_ALLOW", "127.0.0.1")
    monkeypatch.setenv("ARCHIVIST_FETCH_DELAY", "0")
    monkeypatch.setenv("ARCHIVIST_FETCH_RETRIES", "0")
    # The witnesses of the defaults are out in the world.
    monkeypatch.setenv("ARCHIVIST_STAMP_AUTHORITIES", "")
    monkeypatch.setenv("ARCHIVIST_STAMP_CALENDARS", "")


@pytest.fixture
def press() -> Iterator[Press]:
    """A press without TLS."""
    with Press() as press:
        yield press


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """A folder in which the first snapshot makes an archive."""
    return Archive(tmp_path / "archive")
