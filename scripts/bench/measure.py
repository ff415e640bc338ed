"""Running programs and measuring them: time of the processor, time on the clock, memory; and saying what came out.

Figures of a shared machine say little, ratios of programs that were run in turn say more
(docs/design/performance.md).
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "ARCHIVIST",
    "HERE",
    "PYTHON",
    "Site",
    "Usage",
    "bar",
    "enter",
    "environment",
    "high_water",
    "median",
    "run",
    "say_where",
    "serving",
    "table",
]

HERE = Path(__file__).resolve().parent
_ENVIRONMENT = HERE.parent.parent / ".venv"
PYTHON = _ENVIRONMENT / "bin" / "python"
ARCHIVIST = (str(PYTHON), "-m", "archivist")

_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
_SAMPLE_SECONDS = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What one program took."""

    wall: float
    """Seconds on the clock."""
    cpu: float
    """Seconds of the processor, user and system, of the program and of every child that it waited for."""
    peak: int
    """Most bytes of memory of the program's own process; 0 where the system does not tell."""
    peak_child: int
    """Most bytes of memory of any one of its children."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A ``site`` that runs."""

    ports: tuple[int, ...]

    @property
    def address(self) -> str:
        """``http://127.0.0.1:PORT``."""
        return f"http://127.0.0.1:{self.ports[0]}"

    def digests(self) -> dict[str, str]:
        """The SHA-256 of every body, by address."""
        told = self._ask("/.digests")
        assert isinstance(told, dict)
        return {f"{self.address}{path}": str(digest) for path, digest in told.items()}

    def count(self) -> int:
        """Requests since this was last asked."""
        told = self._ask("/.count")
        assert isinstance(told, int)
        return told

    def traffic(self) -> int:
        """Bytes of requests and responses since this was last asked."""
        told = self._ask("/.traffic")
        assert isinstance(told, int)
        return told

    def _ask(self, path: str) -> object:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(self.address + path, timeout=60) as answer:
            told: object = json.load(answer)
        return told


def enter() -> None:
    """The program runs in the checkout's environment, started again if it was not."""
    if not PYTHON.exists():
        sys.exit("there is no .venv in this checkout; scripts/archivist --version makes it")
    if Path(sys.prefix).resolve() != _ENVIRONMENT.resolve():
        os.execv(PYTHON, [str(PYTHON), *sys.argv])


def environment(keys: Path, **settings: str) -> dict[str, str]:
    """The environment of a measured program: no proxies, pauses, robots.txt or outside witnesses, keys of its own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("ARCHIVIST_") and name.lower() not in _PROXIES
    }
    ours = {
        "ARCHIVIST_KEYS": str(keys),
        "ARCHIVIST_FETCH_DELAY": "0",
        "ARCHIVIST_ROBOTS": "ignore",
        "ARCHIVIST_SNAP_OFFLINE": "1",
    }
    return {**kept, **ours, **settings}


def run(command: Sequence[str | Path], *, folder: Path, env: Mapping[str, str], is_watched: bool = True) -> Usage:
    """Run a program to its end.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        env: its environment.
        is_watched: whether its memory is looked at, which costs a little.

    Raises:
        SystemExit: it failed; its last words are shown.
    """
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        child = subprocess.Popen([*map(str, command)], cwd=folder, env=dict(env), stdout=said, stderr=said)
        watch = _Watch(child.pid)
        if is_watched:
            watch.start()
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
        if child.returncode:
            said.seek(0)
            words = said.read()[-2000:].decode(errors="replace")
            sys.exit(f"{' '.join(map(str, command))[:200]} ended with {child.returncode}:\n{words}")
    return Usage(wall=wall, cpu=used.ru_utime + used.ru_stime, peak=watch.peak, peak_child=watch.peak_child)


class _Watch(threading.Thread):
    """Looks at the high-water marks of a process and its children, every hundredth of a second.

    The ``ru_maxrss`` of wait4(2) will not do: a new program inherits it from the one that started it.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self.peak_child = 0
        self._pid = pid
        self._is_over = threading.Event()

    def run(self) -> None:
        """Look until the process has ended."""
        while not self._is_over.wait(_SAMPLE_SECONDS):
            self.peak = max(self.peak, high_water(self._pid))
            self.peak_child = max([self.peak_child, *map(high_water, _descendants(self._pid))])

    def stop(self) -> None:
        """The process has ended."""
        self._is_over.set()
        if self.is_alive():
            self.join()


def high_water(pid: int) -> int:
    """Most bytes of memory that a process has taken so far; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    lines = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(lines[0].split()[1]) * 1024 if lines else 0


def _descendants(pid: int) -> Iterator[int]:
    """Children and their children; a thread has its own list (proc(5))."""
    try:
        lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return
    for child in (int(word) for text in lists for word in text.split()):
        yield child
        yield from _descendants(child)


@contextmanager
def serving(*arguments: str) -> Iterator[Site]:
    """A ``site`` runs in a process of its own inside the block."""
    command = [str(PYTHON), str(HERE / "site"), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line:
                sys.exit("the site did not start")
            yield Site(ports=tuple(json.loads(line)["ports"]))
        finally:
            process.terminate()


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns, the first to the left, the others to the right."""
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    for row in [head, *rows]:
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        print("  ".join([row[0].ljust(widths[0]), *cells[1:]]).rstrip())


def bar(name: str, *, measured: float, limit: float, unit: str = "", is_least: bool = False) -> bool:
    """Print whether a bar is held, and return it."""
    is_held = measured >= limit if is_least else measured <= limit
    wanted = f"at {'least' if is_least else 'most'} {limit:g}{unit}"
    print(f"bar {name}, {wanted}: measured {measured:.2f}{unit} -> {'ok' if is_held else 'short'}", flush=True)
    return is_held


def say_where() -> None:
    """Print what the figures depend on: the machine, how busy it is, and the versions."""
    from importlib.metadata import version  # noqa: PLC0415  # known only in the environment

    names = ("requests", "urllib3", "warcio", "lxml")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"{os.cpu_count()} processors ({platform.machine()}), load {load}, Python {platform.python_version()}")
    print(f"{versions}, wget {_wget_version() or 'missing'}\n", flush=True)


def _wget_version() -> str | None:
    try:
        said = subprocess.run(["wget", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return said.split()[2]
