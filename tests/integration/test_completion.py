"""What bash proposes when a person presses Tab, asked of a real bash."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.conftest import CHECKOUT, Archive, typed
from tests.press import Press
from tests.press import responses as r

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")

_ASK = r"""
eval "$(archivist completion bash)"
COMP_LINE="$1" COMP_POINT=${#1} COMP_WORDBREAKS=$' \t\n"\'@><=;|&(:'
_archivist_completion archivist
printf '%s\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A folder with a program that is called archivist."""
    program = tmp_path / "bin" / "archivist"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH={CHECKOUT} exec {sys.executable} -m archivist "$@"\n')
    program.chmod(0o755)
    return program.parent


def _proposed(path: Path, line: str) -> list[str]:
    done = subprocess.run(
        ["bash", "--norc", "-c", _ASK, "bash", line],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PATH": f"{path}:{os.environ['PATH']}"},
        timeout=60,
    )
    assert "" == done.stderr
    return done.stdout.split()


def test_verbs_ids_and_addresses(archive: Archive, press: Press, path: Path) -> None:
    """Verbs and options; ids and addresses of the archive that is named, from where bash replaces the word."""
    press.serve("/a", r.plain())
    press.serve("/b?x=1;reboot", r.plain())
    archive.snap(press.url("/a"), press.url("/b?x=1;reboot"))
    show = f"archivist -C {archive.root} show "

    assert ["snap", "show", "search", "stamp", "status"] == _proposed(path, "archivist s")
    assert ["--headers", "--help"] == _proposed(path, show + "--he")
    assert [press.url("/a").partition(":")[2]] == _proposed(path, show + "http://127"), "never what a shell would run"
    assert [archive.id(press.url("/a"))[:12]] == _proposed(path, show + archive.id(press.url("/a"))[:5])
    assert ["last"] == _proposed(path, show + "@l")


def test_nothing_to_propose_is_no_error(path: Path, tmp_path: Path) -> None:
    """Without an archive, or with a damaged catalog, there is nothing to say, and nothing is made."""
    (tmp_path / "none").mkdir()

    assert [] == _proposed(path, f"archivist -C {tmp_path / 'none'} show ab")
    assert [] == [*(tmp_path / "none").iterdir()]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_lines_for_every_shell(shell: str) -> None:
    """Each shell gets its own lines; another is refused."""
    assert "_ARCHIVIST_COMPLETE" in typed("completion", shell).out
    assert 2 == typed("completion", "csh").code
