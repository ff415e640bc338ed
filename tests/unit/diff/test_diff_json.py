"""The JSON form of a diff: a golden file, and the published schema.

``REWRITE=1`` writes the golden file anew; a change of it is a change of the published form.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from tests.unit.diff.sides import PARAGRAPHS, changed, edits, markup

GOLDEN = Path(__file__).parent / "golden" / "edit.json"
SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "format" / "diff.schema.json").read_text(encoding="utf-8"))


def told() -> dict[str, Any]:
    """An edit of everything: number, quote, order, correction, caption, link, date."""
    figure = '<figure><img src="/ost-4711.jpg"><figcaption>Das {} Dock am Morgen der Schließung.</figcaption></figure>'
    head = '<meta property="article:modified_time" content="2026-05-0{}T09:00:00+02:00">'
    note = "<p>Korrektur: In einer früheren Fassung stand eine falsche Summe.</p>"
    after = list(changed(3, "14 Millionen", "41 Millionen"))
    after[2] = after[2].replace("zwölf Jahre", "elf Jahre")
    return dict(
        edits(
            markup(*PARAGRAPHS, head=head.format(8), above=figure.format("östliche")),
            markup(*after, head=head.format(9), above=figure.format("westliche"), below=note),
        ).to_json()
    )


def test_golden() -> None:
    """The same edit is told in the same bytes by every version of this form."""
    text = json.dumps(told(), ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("REWRITE"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == text


def test_schema_has_every_key() -> None:
    """What is printed is in the schema, at every level."""
    found = told()
    assert set(found) <= set(SCHEMA["properties"])
    assert set(SCHEMA["required"]) <= set(found)
    for name in ("paragraphs", "metadata", "links", "documents"):
        item = SCHEMA["properties"][name]["items"]
        properties = item.get("properties") or SCHEMA["$defs"]["link"]["properties"]
        for change in found[name]:
            assert set(change) <= set(properties)
    assert set(found["verdict"]) == set(SCHEMA["properties"]["verdict"]["properties"])
