"""A peer: the text that trafilatura extracts of both pages, and difflib over its lines. The best of those measured.

python trafilatura_difflib.py PAIRS OUT
"""

from __future__ import annotations

import difflib
import json
import statistics
import sys
import time
from pathlib import Path

import trafilatura


def main() -> None:
    """Write what differs of every pair of pages, and print what it cost."""
    pairs, out = map(Path, sys.argv[1:])
    out.mkdir(parents=True, exist_ok=True)
    trafilatura.extract("<html><body><p>The first call loads what all others use.</p></body></html>")
    costs = []
    for pair in sorted(path.parent for path in pairs.glob("*/old.html")):
        pages = [(pair / f"{side}.html").read_bytes() for side in ("old", "new")]
        start = time.process_time()
        changes = list(compared(*((trafilatura.extract(page) or "").split("\n") for page in pages)))
        costs.append(time.process_time() - start)
        told = {"categories": ["paragraph_edited"] if changes else [], "paragraphs": changes, "ms": costs[-1] * 1e3}
        (out / f"{pair.name}.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    if costs:
        print(
            f"trafilatura and difflib: {len(costs)} pairs, CPU a pair: median {statistics.median(costs) * 1e3:.1f} ms"
        )


def compared(old: list[str], new: list[str]) -> list[dict[str, str]]:
    """The lines that differ; as many as stand on both sides of a change are taken for edits."""
    changes = []
    for _, i, i_end, j, j_end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[i:i_end] == new[j:j_end]:
            continue
        both = min(i_end - i, j_end - j)
        changes += [{"op": "replace", "old": old[i + at], "new": new[j + at]} for at in range(both)]
        changes += [{"op": "delete", "old": line, "new": ""} for line in old[i + both : i_end]]
        changes += [{"op": "insert", "old": "", "new": line} for line in new[j + both : j_end]]
    return changes


main()
