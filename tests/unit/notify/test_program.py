"""A person's program: what it says, how it ends, and that nothing of it stays."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from archivist.notify.program import run_program


def told(code: str, data: bytes = b"{}", *, seconds: float = 10) -> str | None:
    """What is said of a Python program that got the data."""
    return run_program([sys.executable, "-c", code], data, seconds=seconds, cwd=Path("/"), environ=os.environ)


def test_it_gets_all_of_it() -> None:
    """More than a pipe holds; what it prints is nobody's business where it ends well."""
    data = b"x" * 3_000_000
    assert told("import sys; sys.exit(len(sys.stdin.buffer.read()) != 3_000_000)", data) is None
    assert told("print('hello')", data) is None


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import sys; print('a\\nb'); sys.exit('c')", "ended with 1: a b c"),
        ("import sys; sys.exit(3)", "ended with 3"),
        ("import os; os.kill(os.getpid(), 9)", "was ended by signal 9"),
        ("print('x' * 5_000_000); exit(1)", "ended with 1: " + "x" * 1_999),
    ],
)
def test_it_fails(code: str, said: str) -> None:
    """Its code or signal, and the end of its words."""
    assert said == told(code)


@pytest.mark.parametrize(
    "code",
    [
        "import time; time.sleep(60)",
        "import os\nwhile True: os.write(1, b'x' * 65536)",
        "import os, time; os.close(1); os.close(2); time.sleep(60)",
        "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)",
    ],
)
def test_it_hangs(code: str) -> None:
    """In silence, talking, or deaf: it is ended when its time is up."""
    begun = time.monotonic()
    assert (told(code, seconds=0.5) or "").startswith("did not end within 0.5 seconds, and was ended")
    assert time.monotonic() - begun < 8


def test_what_it_leaves_behind_is_ended(tmp_path: Path) -> None:
    """A child that holds the output open, and floods it, neither delays us nor stays."""
    pid = tmp_path / "pid"
    code = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import os\\nwhile True: os.write(1, b'x' * 4096)"])
open({str(pid)!r}, "w").write(str(child.pid))
"""
    assert told(code, seconds=20) is None
    assert _is_gone(int(pid.read_text()))


def _is_gone(pid: int) -> bool:
    """Whether it is dead: gone, or waiting for somebody to ask how it ended."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
    return False


def test_there_is_no_such_program() -> None:
    """Said in the system's words."""
    said = run_program(["/nonexistent/program"], b"", seconds=1, cwd=Path("/"), environ={})
    assert said == "cannot be started: No such file or directory"
