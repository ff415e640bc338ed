"""The settings in force, and what is said of wrong ones."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from archivist.errors import UsageError
from archivist.model.config import SECTIONS, Settings
from archivist.store.settings import load

PYPROJECT = "[tool.archivist.fetch]\ndelay = 2\nworkers = 3\nretries = 0\n[tool.other]\nx = 1\n"
OURS = "[fetch]\nworkers = 4\nretries = 1\n[[watch]]\nurl = 'https://www.example.org/'\n"


def files(root: Path, *, ours: str = "", pyproject: str = "") -> Path:
    """A folder with these files."""
    for name, text in (("archivist.toml", ours), ("pyproject.toml", pyproject)):
        if text:
            (root / name).write_text(text)
    return root


def loaded(root: Path | None = None, **environ: str) -> Settings:
    """With this environment and nothing on the command line."""
    return load(root, environ=environ, overrides={})


def test_defaults(tmp_path: Path) -> None:
    """Without files and words all settings are the defaults, and none has a source."""
    assert Settings() == loaded() == loaded(tmp_path)


def test_later_places_win(tmp_path: Path) -> None:
    """pyproject.toml loses against archivist.toml, that against the environment, that against the command line."""
    root = files(tmp_path, ours=OURS, pyproject=PYPROJECT)
    found = load(
        root,
        environ={"ARCHIVIST_FETCH_RETRIES": "5", "ARCHIVIST_FETCH_MAX_REDIRECTS": "6"},
        overrides={"fetch.max_redirects": 7, "fetch.max_documents": None},
    )
    got = found.fetch
    assert (2.0, 4, 5, 7, 50) == (got.delay, got.workers, got.retries, got.max_redirects, got.max_documents)
    assert {
        "fetch.delay": "pyproject.toml",
        "fetch.workers": "archivist.toml",
        "fetch.retries": "ARCHIVIST_FETCH_RETRIES",
        "fetch.max_redirects": "the command line",
    } == found.sources


def test_every_setting_can_be_given_everywhere(tmp_path: Path) -> None:
    """Each setting is read from the environment and from a file alike."""
    texts: dict[type, str] = {
        bool: "yes",
        str: "x",
        int: "7",
        float: "7.5",
        tuple: "h.example:80",
        dict: "h.example=127.0.0.1:80",
    }
    toml = {
        bool: "true",
        str: '"x"',
        int: "7",
        float: "7.5",
        tuple: '["h.example:80"]',
        dict: '{"h.example" = "127.0.0.1:80"}',
    }
    special = {
        "robots": ("ignore", '"ignore"'),
        "authorities": ("https://tsa.example/", '["https://tsa.example/"]'),
        "calendars": ("https://alice.example/", '["https://alice.example/"]'),
        "witnesses": (
            "https://w.example/?a=b=w.example+00000000+BAAA==",
            '{"https://w.example/?a=b" = "w.example+00000000+BAAA=="}',
        ),
        "at_most": ("30m", '"30m"'),
        "ping": ("https://ping.example/x", '"https://ping.example/x"'),
    }
    environ, lines = {}, []
    for section, kind in SECTIONS.items():
        lines.append(f"[{section}]")
        for each in fields(kind):
            of = type(getattr(kind(), each.name))
            said, value = special.get(each.name, (texts[of], toml[of]))
            environ[f"ARCHIVIST_{section}_{each.name}".upper()] = said
            lines.append(f"{each.name} = {value}")
    by_file = load(files(tmp_path, ours="\n".join(lines)), environ={}, overrides={})
    by_environment = load(None, environ=environ, overrides={})
    assert replace(by_file, sources={}) == replace(by_environment, sources={})
    assert by_file.fetch != Settings().fetch
    assert ("h.example:80",) == by_file.fetch.allow
    assert {"h.example": "127.0.0.1:80"} == by_file.fetch.resolve


def test_short_variables() -> None:
    """ARCHIVIST_ALLOW and ARCHIVIST_ROBOTS are short for their names in full, which win."""
    found = loaded(ARCHIVIST_ALLOW="127.0.0.1:8080, [::1]:80", ARCHIVIST_ROBOTS="ignore")
    assert (("127.0.0.1:8080", "[::1]:80"), "ignore") == (found.fetch.allow, found.fetch.robots)
    assert "ARCHIVIST_ALLOW" == found.sources["fetch.allow"]
    assert "obey" == loaded(ARCHIVIST_ROBOTS="ignore", ARCHIVIST_FETCH_ROBOTS="obey").fetch.robots


def test_other_variables_are_not_ours() -> None:
    """Variables for other things are passed over."""
    assert Settings() == loaded(ARCHIVIST_HOME="/x", ARCHIVIST_KEYS="/y", ARCHIVIST_SNAP_JSON="1", PATH="/bin")


def test_values_of_the_command_line() -> None:
    """The command line gives texts or values."""
    found = load(None, environ={}, overrides={"fetch.delay": "0", "fetch.allow": ("127.0.0.1",), "archive.name": "A"})
    assert (0.0, ("127.0.0.1",), "A") == (found.fetch.delay, found.fetch.allow, found.archive.name)


WRONG_FILES = {
    "[fetch]\ndealy = 1": ("archivist.toml: fetch.dealy is no setting", "did you mean fetch.delay?"),
    "[fetsh]\ndelay = 1": ("archivist.toml: fetsh is no setting", "did you mean fetch?"),
    "delay = 1": ("archivist.toml: delay is no setting", None),
    "fetch = 1": ("archivist.toml: fetch should be a table", None),
    "[fetch]\ndelay = 'fast'": ("archivist.toml: fetch.delay should be a number, 0 or more, not 'fast'", None),
    "[fetch]\ndelay = '2'": ("fetch.delay should be a number", None),
    "[fetch]\ndelay = true": ("fetch.delay should be a number", None),
    "[fetch]\ndelay = -1": ("fetch.delay should be a number, 0 or more, not -1", None),
    "[fetch]\ndelay = nan": ("fetch.delay should be a number", None),
    "[fetch]\nread_timeout = inf": ("fetch.read_timeout should be a number, more than 0", None),
    "[fetch]\nworkers = 0": ("fetch.workers should be a whole number, more than 0, not 0", None),
    "[fetch]\nworkers = 1.5": ("fetch.workers should be a whole number", None),
    "[fetch]\nrobots = 'obay'": ("fetch.robots should be obey or ignore, not 'obay'", "did you mean obey?"),
    "[fetch]\nallow = '127.0.0.1'": ("fetch.allow should be a list of texts", None),
    "[fetch]\nallow = ['http://x/']": ("fetch.allow should be HOST or HOST:PORT", None),
    "[fetch]\nresolve = ['x=1.2.3.4:80']": ("fetch.resolve should be a table", None),
    "[fetch]\nresolve = {x = 'localhost:80'}": ("fetch.resolve should be NAME = ADDRESS:PORT", None),
    "[fetch]\nresolve = {x = '127.0.0.1'}": ("fetch.resolve should be NAME = ADDRESS:PORT", None),
    "[fetch]\nresolve = {x = '127.0.0.1:99999'}": ("fetch.resolve should be NAME = ADDRESS:PORT", None),
    '[fetch]\nuser_agent = "a\\r\\nX: y"': ("fetch.user_agent should be a text of one line", None),
    "[fetch]\nuser_agent = 3": ("fetch.user_agent should be a text", None),
    "[fetch": ("archivist.toml is not TOML", None),
    "[fetch]\ndelay = 1\ndelay = 2": ("archivist.toml is not TOML", None),
}


@pytest.mark.parametrize(("text", "said"), WRONG_FILES.items(), ids=WRONG_FILES)
def test_wrong_files(tmp_path: Path, text: str, said: tuple[str, str | None]) -> None:
    """A wrong name or value in a file is named with the file and what was expected."""
    with pytest.raises(UsageError) as caught:
        loaded(files(tmp_path, ours=text))
    assert said[0] in str(caught.value)
    if said[1]:
        assert said[1] == caught.value.hint


@pytest.mark.parametrize(
    ("variable", "value", "said", "hint"),
    [
        ("ARCHIVIST_FETCH_DEALY", "1", "the environment: ARCHIVIST_FETCH_DEALY is no setting", "ARCHIVIST_FETCH_DELAY"),
        ("ARCHIVIST_FETCH_DELAY", "", "ARCHIVIST_FETCH_DELAY: the value should be a number, 0 or more, not ''", None),
        ("ARCHIVIST_FETCH_WORKERS", "1e3", "ARCHIVIST_FETCH_WORKERS: the value should be a whole number", None),
        ("ARCHIVIST_FETCH_RESOLVE", "x", "should be NAME=ADDRESS:PORT", None),
        ("ARCHIVIST_ROBOTS", "no", "ARCHIVIST_ROBOTS: the value should be obey or ignore", None),
    ],
)
def test_wrong_variables(variable: str, value: str, said: str, hint: str | None) -> None:
    """A wrong name or value in the environment is named by its variable."""
    with pytest.raises(UsageError) as caught:
        loaded(**{variable: value})
    assert said in str(caught.value)
    if hint:
        assert f"did you mean {hint}?" == caught.value.hint


def test_wrong_pyproject(tmp_path: Path) -> None:
    """A wrong name in pyproject.toml is named as it is spelt there."""
    root = files(tmp_path, pyproject="[tool.archivist.fetch]\ndealy = 1")
    with pytest.raises(UsageError, match=r"pyproject\.toml: tool\.archivist\.fetch\.dealy is no setting") as caught:
        loaded(root)
    assert "did you mean tool.archivist.fetch.delay?" == caught.value.hint


def test_wrong_override() -> None:
    """A name that the command line has not is wrong there as well."""
    with pytest.raises(UsageError, match=r"the command line: fetch\.x is no setting"):
        load(None, environ={}, overrides={"fetch.x": 1})


def test_files_that_are_no_text(tmp_path: Path) -> None:
    """A file that is not UTF-8, too large or a folder is named."""
    (tmp_path / "archivist.toml").write_bytes(b"\xff")
    with pytest.raises(UsageError, match="not UTF-8 at byte 0"):
        loaded(tmp_path)
    (tmp_path / "archivist.toml").write_bytes(b"#" * (1 << 25))
    with pytest.raises(UsageError, match="larger than"):
        loaded(tmp_path)
    (tmp_path / "archivist.toml").unlink()
    (tmp_path / "archivist.toml").mkdir()
    with pytest.raises(UsageError, match="cannot be read"):
        loaded(tmp_path)
