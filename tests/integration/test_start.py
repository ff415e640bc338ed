"""Starting: help for everything, quickly, and demo from beginning to end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from archivist.cli.words import EXIT_CODES, VERBS
from tests.integration.conftest import CHECKOUT, Archive, spawned, typed

HEAVY = ("requests", "urllib3", "lxml", "sqlite_utils", "warcio", "cryptography", "pypdfium2", "PIL", "sqlite3", "rich")


def test_help_shows_every_verb_and_exit_code() -> None:
    """--help, -h and no word at all show the same help."""
    said = typed("--help")

    assert 0 == said.code
    assert all(f"  {verb} " in said.out for verb in VERBS)
    assert all(f"  {code} " in said.out for code, _ in EXIT_CODES)
    assert said.out == typed("-h").out
    assert said.out == typed().out


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_every_verb(verb: str) -> None:
    """Each says what it does, with examples that begin with archivist."""
    said = typed(verb, "--help")

    assert (0, "") == (said.code, said.err)
    assert said.out.startswith(f"Usage: archivist {verb} ")
    assert f"  archivist {verb}" in said.out.replace("-C ~/news ", "")


def test_version() -> None:
    """--version is one line."""
    assert typed("--version").out.startswith("archivist ")


@pytest.mark.parametrize(("typo", "meant"), [("snp", "snap"), ("lst", "list"), ("verfy", "verify"), ("dif", "diff")])
def test_unknown_verb_suggests(typo: str, meant: str) -> None:
    """A mistyped verb: 2, and what was perhaps meant."""
    said = typed(typo)

    assert said.is_clean_error(2), said
    assert f"Did you mean {meant}" in said.err


@pytest.mark.parametrize("module", ["archivist.cli.main", *(f"archivist.cli.{verb.module}" for verb in VERBS.values())])
def test_start_imports_nothing_heavy(module: str) -> None:
    """Help of every verb costs no library that only work needs."""
    script = f"import sys, {module}; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, cwd=CHECKOUT, encoding="utf-8", timeout=60
    )

    assert [] == [name for name in done.stdout.split() if name.partition(".")[0] in HEAVY]


def test_module_can_be_run(tmp_path: Path) -> None:
    """The package can be run with -m, with its exit codes."""
    assert spawned("-C", tmp_path, "list").is_clean_error(6)


def test_reader_of_the_output_goes_away(archive: Archive) -> None:
    """A closed pipe is no error and no traceback."""
    archive("init", archive.root)
    done = subprocess.run(
        f"{sys.executable} -m archivist -C {archive.root} config | true",
        shell=True,
        capture_output=True,
        check=False,
        cwd=CHECKOUT,
        timeout=60,
    )

    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_demo(tmp_path: Path) -> None:
    """The story is told to its end, and the archive that it leaves verifies."""
    said = typed("demo", tmp_path / "demo")

    assert 0 == said.code, said
    root = said.out.splitlines()[-1]
    assert str((tmp_path / "demo").resolve()) == root
    assert "⚑ undeclared" in said.out
    assert "All good" in said.out
    assert 0 == typed("-C", root, "verify", "--deep").code
    assert typed("demo", tmp_path / "demo").is_clean_error(2)
