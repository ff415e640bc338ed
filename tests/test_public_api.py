"""What each module promises: its ``__all__`` is sorted, true and whole."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
TREES = {
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "archivist").rglob("*.py"))
}


def promised(tree: ast.Module) -> list[str]:
    """The module's ``__all__``; empty where it has none."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(_name(target) == "__all__" for target in node.targets):
            names = ast.literal_eval(node.value)
            assert isinstance(names, list)
            return names
    return []


def defined(tree: ast.Module) -> set[str]:
    """The names that the module makes itself."""
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names.update(_name(target) for target in node.targets)
        elif isinstance(node, ast.AnnAssign):
            names.add(_name(node.target))
    return names - {""}


def imports(tree: ast.Module) -> list[tuple[str, str]]:
    """The module and the name of everything that the module takes from others."""
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return [(node.module or "", alias.name) for node in froms for alias in node.names]


def order(name: str) -> tuple[int, list[tuple[int, str]]]:
    """Constants, then classes, then the rest, each in natural order, as the linter sorts ``__all__``."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    pieces = re.findall(r"\d+|\D+", name)
    return kind, [(int(piece), "") if piece.isdigit() else (-1, piece) for piece in pieces]


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _but_empty(faults: dict[str, set[str]]) -> dict[str, set[str]]:
    return {name: names for name, names in faults.items() if names}


def test_promises_are_sorted() -> None:
    """The names in each ``__all__`` are in order, and none stands there twice."""
    faults = [name for name, tree in TREES.items() if sorted(set(promised(tree)), key=order) != promised(tree)]

    assert [] == faults


def test_promises_are_kept() -> None:
    """Every name in ``__all__`` is public, and made or imported by the module."""
    faults = {}
    for name, tree in TREES.items():
        names = set(promised(tree))
        hidden = {each for each in names if each.startswith("_")}
        faults[name] = (names - defined(tree) - {taken for _, taken in imports(tree)}) | hidden

    assert {} == _but_empty(faults)


def test_promises_are_whole() -> None:
    """No public function, class or type is missing from ``__all__``; a bound that only its own module uses may be."""
    faults = {}
    for name, tree in TREES.items():
        public = {each for each in defined(tree) if not each.startswith("_")}
        own_bounds = {each for each in public if each.isupper()}
        faults[name] = public - own_bounds - set(promised(tree))

    assert {} == _but_empty(faults)


def test_promises_are_enough() -> None:
    """What one module takes from another is in the other's ``__all__``."""
    taken: dict[str, set[str]] = defaultdict(set)
    for tree in TREES.values():
        for module, name in imports(tree):
            taken[module].add(name)
    faults = {name: taken[name] & defined(tree) - {"__version__"} - set(promised(tree)) for name, tree in TREES.items()}

    assert {} == _but_empty(faults)


def test_package_files_are_empty() -> None:
    """A package file holds its docstring and nothing else, so that importing one module loads no other."""
    files = {name: tree for name, tree in TREES.items() if name.endswith(".__init__")}
    busy = [name for name, tree in files.items() if len(tree.body) > 1 and name != "archivist.__init__"]

    assert [] == busy
