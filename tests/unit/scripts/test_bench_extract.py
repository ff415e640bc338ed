"""The program that scores readings: any set of pages, nothing stops at a bad one, and floors only go up."""

from __future__ import annotations

import gzip
import importlib.machinery
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
BENCH = ROOT / "scripts" / "bench"
PAGE = """<!DOCTYPE html><html lang="pt"><head><title>Guindaste 7 parado</title>
<meta property="og:site_name" content="Folha do Cais"></head><body><main><article>
<h1>Guindaste 7 parado</h1><p class="byline">Por <a rel="author" href="/ines">Inês Caldeira</a></p>
<figure><img src="/g7.jpg"><figcaption>O guindaste no cais 4.
<span class="credit">Foto: Rui Alves</span></figcaption></figure>
<p>O maior guindaste do porto não levanta nada desde segunda-feira, diz o capitão, e ninguém sabe até quando.</p>
<p>Está no <a href="/relatorio.pdf">relatório anual</a>, que a câmara recebeu na terça-feira e ainda não publicou.</p>
</article></main></body></html>"""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A list of a plain page, a gzipped one, and one whose file is missing."""
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    lines = [
        {"id": "plain", "url": "https://cais.example/a", "file": "a.html", "title": "a label's own field"},
        {"id": "gzipped", "url": "https://cais.example/b", "file": str(tmp_path / "b.html.gz")},
        {"id": "missing", "url": "https://cais.example/c", "file": "c.html"},
    ]
    path = tmp_path / "pages.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The program as a module."""
    monkeypatch.syspath_prepend(str(BENCH))
    loader = importlib.machinery.SourceFileLoader("bench_extract", str(BENCH / "extract"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, loader.name, module)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader.exec_module(module)
    return module


def _read(pages: Path, *more: str) -> tuple[list[dict[str, Any]], subprocess.CompletedProcess[str]]:
    out = pages.with_name("predictions.jsonl")
    command = [sys.executable, str(BENCH / "extract"), str(pages), str(out), *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] if out.exists() else []
    return told, done


def test_any_set_of_pages(pages: Path) -> None:
    """Plain and gzipped files are read; a page that raises is named, counted and empty; what a page costs is told."""
    (plain, gzipped, missing), done = _read(pages)

    assert 0 == done.returncode
    assert ("plain", "Guindaste 7 parado", ["Inês Caldeira"]) == (plain["id"], plain["title"], plain["authors"])
    assert "Folha do Cais" == plain["site_name"] == gzipped["site_name"]
    assert ["https://cais.example/relatorio.pdf"] == plain["linked_documents"]
    assert {"id": "missing"} == missing
    assert "archivist raised on missing: FileNotFoundError" in done.stderr
    (head, row) = done.stdout.splitlines()
    assert ["pages", "cpu"] == head.split()[:2]
    assert ["2", "1"] == [row.split()[2], row.split()[-1]]


def test_without_a_witness(pages: Path) -> None:
    """A witness that is not heard wins no field, and gives no photo its credit."""
    assert [] == _read(pages, "--without", "byline")[0][0]["authors"]
    assert ["Foto: Rui Alves"] == [each["credit"] for each in _read(pages)[0][0]["photo_credits"]]
    assert [] == _read(pages, "--without", "figure")[0][0]["photo_credits"]


def test_a_witness_that_is_none(pages: Path) -> None:
    """A witness that nobody knows is a wrong word; those that there are are listed."""
    _, done = _read(pages, "--without", "hearsay")

    assert 1 == done.returncode
    assert "json-ld" in done.stderr


def test_floors_only_go_up(
    bench: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Raising writes what is higher and keeps what is lower, which fails."""
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"title": {"f1": 0.9, "acc": 0.8}, "gone": {"acc": 0.1}}), encoding="utf-8")
    monkeypatch.setattr(bench, "FLOORS", path)
    scores = {"title": {"f1": 0.95, "acc": 0.7, "pages": 9}, "body": {"f1": 0.5, "acc": 0.4}}

    assert not bench.floors(scores, is_raised=True)

    said = capsys.readouterr().out
    assert "below its floor: title acc: 0.7000, and the floor is 0.8000" in said
    assert "below its floor: gone acc: 0.0000" in said
    assert {
        "title": {"f1": 0.95, "acc": 0.8},
        "gone": {"acc": 0.1},
        "body": {"f1": 0.5, "acc": 0.4},
    } == json.loads(path.read_text(encoding="utf-8"))
    path.write_text('{"title": {"f1": 0.95}}', encoding="utf-8")
    assert bench.floors(scores, is_raised=False)
