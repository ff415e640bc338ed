"""`run` ends as `snap` does: with the checkpoint stamped, in silence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.integration.conftest import Archive
from tests.press import Press
from tests.press import responses as r
from tests.press.authority import Authority, Reply


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not here")
def test_stamped_at_the_end(archive: Archive, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is due is looked at and stamped; an authority that fails is no news for cron, and no failure."""
    press.serve("/a", *[r.plain(r.page(f"<h1>Cranes</h1><p>{count} stood still.</p>")) for count in ("Nine", "Six")])
    with Authority(tmp_path / "authority") as authority:
        monkeypatch.setenv("ARCHIVIST_STAMP_AUTHORITIES", authority.url)
        monkeypatch.setenv("ARCHIVIST_STAMP_CA", str(authority.root))
        assert 0 == archive("watch", press.url("/a")).code
        authority.reply = Reply(status=503)
        said = archive("run", "--json")
        assert 0 == said.code, said
        assert "" == said.err
        assert ["failed"] == [each["state"] for each in said.lines[-1]["summary"]["stamps"]]
        authority.reply = Reply()
        assert 0 == archive("snap", press.url("/a")).code
        assert [] == archive("status", "--json").json["stamps"]["due"]
        assert 0 == archive("verify").code
