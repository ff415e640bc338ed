"""The whole story on a made-up newspaper: it publishes, we snap, it edits in silence, we notice and can prove it.

Every line of output below a ``$`` is what the command really printed: each is run as a person would run it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from archivist.demo.authority import Authority
from archivist.demo.content import HOST
from archivist.demo.newspaper import Newspaper
from archivist.errors import ArchivistError, UsageError

__all__ = ["tell"]

_WITNESS: Final = "stamps.example"


def tell(folder: Path | None, *, write: Callable[[str], None]) -> Path:
    """The story is told, and its archive stands in the folder that is returned.

    Args:
        folder: where to leave the archive; a new temporary folder if None.
        write: takes each line of the story.

    Raises:
        UsageError: the folder holds something already.
        ArchivistError: a command of the story did not end as it should.
    """
    root = _room(folder)
    with Newspaper() as paper, _witness() as authority:
        (root / "archivist.toml").write_text(_settings(root, paper, authority), encoding="utf-8")
        url = paper.article_url

        write("The Harbour Courier, a newspaper that does not exist, publishes an article about its harbour,")
        write("with a photo, a byline and a link to the harbour authority's report, a PDF. We save it.")
        _run(root, "snap", url, write=write)

        write("That night the newspaper edits the article and says nothing: a quote is softened, a number")
        write("changed, the photo credited to somebody else, the report replaced. The date stays.")
        paper.publish(2)
        _run(root, "snap", url, write=write)
        write("What happened to this article, and does the newspaper say so?")
        _run(root, "log", url, write=write)
        _run(root, "diff", url, write=write)
        write("The first version, to be cited in a paper, with the hash of what the server sent:")
        _run(root, "cite", f"{url}@1", write=write)
        if authority:
            write("At the end of each run an outside witness of time has stamped the archive; here a made-up one.")
        write("Nobody has touched the archive since, which anybody can check:")
        _run(root, "verify", write=write)
    write("The newspaper is gone, the archive stays. Explore it:")
    write(f"  archivist -C {root} show @last")
    write("")
    write(str(root))
    return root


@contextmanager
def _witness() -> Iterator[Authority | None]:
    """A time-stamping authority on this computer, where there is an openssl to make it of."""
    with tempfile.TemporaryDirectory(prefix="archivist-authority-") as folder:
        try:
            authority = Authority(Path(folder))
        except OSError:
            yield None
            return
        with authority:
            yield authority


def _settings(root: Path, paper: Newspaper, authority: Authority | None) -> str:
    """As in life the article and the witness have addresses of their own; only that they lead here is special."""
    resolve, stamp = {HOST: paper.address}, "authorities = []\n"
    if authority:
        resolve[_WITNESS] = authority.address
        root_certificate = root / "made-up-authority.pem"
        root_certificate.write_bytes(authority.root.read_bytes())
        stamp = f'authorities = ["http://{_WITNESS}/tsr"]\nca = {json.dumps(str(root_certificate))}\n'
    pairs = ", ".join(f'"{name}" = "{address}"' for name, address in resolve.items())
    fetch = f"[fetch]\nresolve = {{ {pairs} }}\n"
    return f'[archive]\nname = "demo archive"\n\n{fetch}\n[stamp]\n{stamp}calendars = []\n'


def _room(folder: Path | None) -> Path:
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="archivist-demo-")).resolve()
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty", hint="name a new folder: archivist demo my-demo")
    folder.mkdir(parents=True, exist_ok=True)
    return folder.resolve()


def _run(root: Path, *words: str, write: Callable[[str], None]) -> None:
    write("")
    write(f"$ archivist {' '.join(words)}")
    package = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([package, *filter(None, sys.path)])}
    command = [sys.executable, "-P", "-m", "archivist", "-C", str(root), *words]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)  # noqa: S603
    for line in (done.stderr + done.stdout).splitlines():
        write(line)
    write("")
    if done.returncode:
        raise ArchivistError(f"archivist {words[0]} ended with {done.returncode}, which is not how the story goes")
