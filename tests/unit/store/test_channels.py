"""``[[notify]]`` tables: what is a channel, and where a person finds what is wrong with one that is none."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from archivist.errors import UsageError
from archivist.model.channel import Channel
from archivist.store.channels import read_channels


def test_channels_are_read(tmp_path: Path) -> None:
    """In the order of the file, with all that can be said of one."""
    (tmp_path / "archivist.toml").write_text(
        """
[[notify]]
command = ["/usr/local/bin/tell", "--desk", "eu"]
name = "desk"
timeout = "5s"
kinds = ["changed"]
classes = ["headline", "quote_changed"]
verdicts = ["undeclared"]
tags = ["eu"]
min_words = 3

[[notify]]
apprise = "env:CHAT"
""",
        encoding="utf-8",
    )
    wanted = Channel(
        command=("/usr/local/bin/tell", "--desk", "eu"),
        name="desk",
        timeout=dt.timedelta(seconds=5),
        kinds=frozenset({"changed"}),
        classes=frozenset({"headline_changed", "quote_changed"}),
        verdicts=frozenset({"undeclared"}),
        tags=frozenset({"eu"}),
        min_words=3,
    )
    assert (wanted, Channel(apprise="env:CHAT")) == read_channels(tmp_path)


@pytest.mark.parametrize(
    ("table", "line", "said"),
    [
        ("", 3, "either a command or an apprise"),
        ('command = ["a"]\napprise = "json://h/"', 3, "either a command or an apprise"),
        ('command = ["a"]\ncolour = "red"', 5, "colour is no setting"),
        ('command = "a"', 4, "should be a list"),
        ("command = []", 4, "should be a list"),
        ('command = ["a"]\nclasses = ["headlines"]', 5, "should be one of headline, "),
        ('command = ["a"]\nverdicts = ["stealth"]', 5, "should be one of same, declared, undeclared"),
        ('command = ["a"]\nkinds = ["new"]', 5, "should be one of changed, gone, back"),
        ('command = ["a"]\nmin_words = -1', 5, "whole number"),
        ('command = ["a"]\ntimeout = "1h"', 5, "10m at most"),
        ('apprise = "secret"', 4, "should be an address"),
        ('command = ["a"]\n[[notify]]\ncommand = ["a"]', 5, "such a channel already"),
    ],
)
def test_wrong_channels(table: str, line: int, said: str, tmp_path: Path) -> None:
    """The message has the line; an address is never repeated."""
    (tmp_path / "archivist.toml").write_text(f"# our channels\n\n[[notify]]\n{table}\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_channels(tmp_path)
    assert str(caught.value).startswith(f"archivist.toml, line {line}: ")
    assert said in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("text", ['notify = "a"', "notify = [1]", "[notify]\ncommand = ['a']"])
def test_no_tables(text: str, tmp_path: Path) -> None:
    """Said as what it should be."""
    (tmp_path / "archivist.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="should be tables"):
        read_channels(tmp_path)
