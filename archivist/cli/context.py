"""What every verb is given: where to look for the archive, and how much to say."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from archivist.model.config import Settings
    from archivist.workspace import Workspace

__all__ = ["Context"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The options before the verb."""

    folder: Path | None
    is_quiet: bool
    is_verbose: bool
    has_pager: bool = True
    """Long results may go through a pager, where they go to a terminal."""

    @classmethod
    def of(cls, *, folder: str | None, quiet: bool, verbose: bool, has_pager: bool = True) -> Context:
        """From what click parsed."""
        return cls(folder=Path(folder) if folder else None, is_quiet=quiet, is_verbose=verbose, has_pager=has_pager)

    def page(self) -> None:
        """What is printed from now on may be long: on a terminal, a pager shows it."""
        if self.has_pager and sys.stdout.isatty():
            from archivist.cli.pager import start_pager  # noqa: PLC0415  # only for people

            start_pager()

    def say(self, message: str) -> None:
        """One line on stderr, unless ``-q``."""
        if not self.is_quiet:
            click.echo(message, err=True)

    def read(self, overrides: Mapping[str, object] | None = None) -> Workspace:
        """The archive, for reading; closed when the verb has ended.

        Raises:
            NotAnArchive: there is none.
        """
        from archivist.workspace import Workspace, find_archive  # noqa: PLC0415  # verbs load what they need

        workspace = Workspace.open(find_archive(self.folder, environ=os.environ), overrides=overrides)
        click.get_current_context().call_on_close(workspace.close_catalog)
        return workspace

    def settings(self) -> Settings:
        """The settings where no archive is asked for: defaults and environment.

        Raises:
            UsageError: they are wrong.
        """
        from archivist.store.settings import load  # noqa: PLC0415  # verbs load what they need

        return load(None, environ=os.environ, overrides={})

    def write(self, overrides: Mapping[str, object] | None = None) -> Workspace:
        """The archive, for writing; made where there is none, which is said."""
        from archivist.store.durable import AlreadyThere  # noqa: PLC0415  # verbs load what they need
        from archivist.workspace import Workspace, find_archive  # noqa: PLC0415

        place = find_archive(self.folder, environ=os.environ, is_writing=True)
        if place.exists:
            return Workspace.open(place, overrides=overrides)
        try:
            workspace = Workspace.create(place, overrides=overrides)
        except AlreadyThere:
            # Another run, started at the same moment, has made it.
            return Workspace.open(replace(place, exists=True), overrides=overrides)
        self.say(f"New archive in {place.root} (archives/, manifests/); its signing key is in {workspace.key_path}")
        return workspace
