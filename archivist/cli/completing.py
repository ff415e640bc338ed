"""What a shell proposes while a person types: verbs and options by click, ids and addresses out of the catalog.

A proposal is a guess that nobody waits for: it reads the catalog that is there and makes none, and whatever goes wrong,
there is nothing to propose. What an archive holds was written by strangers: in bash, which puts a proposal on the
command line as it stands, only those of harmless characters are made.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
from click.shell_completion import BashComplete, CompletionItem, add_completion_class, split_arg_string

__all__ = ["SHELLS", "complete_snap", "register"]

SHELLS: Final = ("bash", "zsh", "fish")
_MOST: Final = 50
"""Proposals; of more, a person types another letter."""
_HARMLESS: Final = re.compile(r"[\w./:@%+,=~-]+", re.ASCII)
_HEX: Final = re.compile(r"[0-9a-f]{2,64}", re.ASCII)
_BASH: Final = r"""
%(complete_func)s() {
    local IFS=$'\n' line="${COMP_LINE:0:$COMP_POINT}" kind value word prefix
    # bash parts words at colons and at signs, too, and replaces what stands behind the last of them.
    word="${line##*[[:space:]]}"
    prefix="${word%%"${word##*[:@=]}"}"
    [[ "$COMP_WORDBREAKS" == *:* ]] || prefix=""
    COMPREPLY=()
    while IFS=',' read -r kind value; do
        if [[ $kind == dir ]]; then
            compopt -o dirnames
        elif [[ $kind == file ]]; then
            compopt -o default
        elif [[ $kind == plain ]]; then
            COMPREPLY+=("${value#"$prefix"}")
        fi
    done < <(env COMP_LINE="$line" %(complete_var)s=bash_complete "$1")
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""


class _Bash(BashComplete):
    """Words as a person sees them, not parted at colons."""

    source_template = _BASH

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is being typed, and that one."""
        line = os.environ["COMP_LINE"]
        words = split_arg_string(line)[1:]
        return (words, "") if not words or line[-1:].isspace() else (words[:-1], words[-1])

    def format_completion(self, item: CompletionItem) -> str:
        """One line; nothing that the shell would take for more than a word."""
        return super().format_completion(item) if _HARMLESS.fullmatch(item.value) else ""


def register() -> None:
    """Click asks our class for bash."""
    add_completion_class(_Bash, "bash")


def complete_snap(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """The snapshots and articles that begin so; files as well, for the verbs that take them."""
    try:
        found = [*_proposals(ctx, incomplete)]
    except Exception:  # noqa: BLE001  # a person is typing: no message could be of use
        return []
    return found or [CompletionItem(incomplete, type="file")]


def _proposals(ctx: click.Context, incomplete: str) -> Iterator[CompletionItem]:
    from archivist.catalog.reader import Catalog  # noqa: PLC0415  # not for verbs and options
    from archivist.cli.output import printable  # noqa: PLC0415
    from archivist.store.layout import Layout  # noqa: PLC0415
    from archivist.workspace import find_archive  # noqa: PLC0415

    folder = ctx.find_root().params.get("folder")
    place = find_archive(Path(folder) if folder else None, environ=os.environ)
    if "@last".startswith(incomplete):
        yield CompletionItem("@last", help="the newest snapshot of all")
    with Catalog(Layout(place.root).catalog) as catalog:
        if _HEX.fullmatch(incomplete):
            for row in catalog.beginning(incomplete, limit=_MOST):
                told = f"{row.title or row.article} v{row.version} {row.started[:16]}Z"
                yield CompletionItem(row.id[: max(12, len(incomplete))], help=_line(printable(told)))
        for article in catalog.addresses(incomplete, limit=_MOST):
            yield CompletionItem(article.key, help=_line(printable(article.title or "")) or None)


def _line(text: str) -> str:
    return " ".join(text.split())[:80]
