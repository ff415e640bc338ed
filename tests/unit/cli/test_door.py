"""The one place where every exception ends: a message, a hint and an exit code."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable

import click
import pytest

from archivist.cli.main import cli, main
from archivist.cli.words import VERBS, Verb
from archivist.errors import ArchivistError, BadManifest, DiskFailed, Forbidden, Locked, NewerFormat, UsageError


def _leave(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(list(words))
    out, err = capsys.readouterr()
    assert isinstance(left.value.code, int)
    return left.value.code, out, err


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Adds a verb to the table, which does what it is given, for one test."""

    def add(action: Callable[[], object]) -> None:
        module = types.ModuleType("archivist.cli.testing")
        vars(module)["command"] = click.Command("testing", callback=action)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setitem(VERBS, "testing", Verb("Try", "For a test.", "testing"))

    return add


def _raises(error: BaseException) -> Callable[[], object]:
    def action() -> None:
        raise error

    return action


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("wrong", hint="do this"), 2),
        (Forbidden("no", hint="do this"), 5),
        (BadManifest("bad", hint="do this"), 1),
        (NewerFormat("new", hint="do this"), 6),
        (Locked("busy", hint="do this"), 7),
        (DiskFailed("full", hint="do this"), 8),
        (ArchivistError("bug", hint="do this"), 70),
    ],
)
def test_our_errors(
    error: ArchivistError, code: int, verb: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    """Message and hint on stderr, nothing on stdout, the error's exit code."""
    verb(_raises(error))

    assert (code, "", f"error: {error}\nhint: do this\n") == _leave(capsys, "testing")


def test_bugs(verb: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    """What nobody foresaw is called a bug, 70, without a traceback; with -v the traceback is shown."""
    verb(_raises(ZeroDivisionError("one by none")))

    code, out, err = _leave(capsys, "testing")
    assert (70, "") == (code, out)
    assert err.startswith("error: this is a bug in archivist: ZeroDivisionError: one by none\nhint: ")

    with pytest.raises(ZeroDivisionError):
        main(["-v", "testing"])


def test_interrupted(verb: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C: 130, and what was acknowledged is stored."""
    verb(_raises(KeyboardInterrupt()))

    code, out, err = _leave(capsys, "testing")

    assert (130, "") == (code, out)
    assert "interrupted" in err


def test_codes_of_verbs(verb: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    """A verb's number is the exit code; nothing is 0."""
    verb(lambda: 3)
    assert 3 == _leave(capsys, "testing")[0]
    verb(lambda: None)
    assert 0 == _leave(capsys, "testing")[0]


def test_verbs_are_listed_in_the_order_of_the_table() -> None:
    """The door lists the verbs in the order in which a person meets them."""
    assert list(VERBS) == cli.list_commands(click.Context(cli))
    assert cli.get_command(click.Context(cli), "nope") is None
