"""The settings in force, and where each comes from."""

from __future__ import annotations

from dataclasses import dataclass, fields

from archivist.model.config import SECTIONS, Settings, doc_of
from archivist.model.json import Json, JsonObject

__all__ = ["Setting", "settings_in_force"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting."""

    name: str
    """``fetch.delay``."""
    value: object
    source: str
    """``default``, a file, a variable, or the command line."""
    doc: str

    def to_json(self) -> JsonObject:
        """One line of ``config --json``."""
        return {"name": self.name, "value": _json(self.value), "source": self.source, "doc": self.doc}


def settings_in_force(settings: Settings) -> list[Setting]:
    """Every setting, by section."""
    return [
        Setting(
            name=f"{section}.{item.name}",
            value=getattr(getattr(settings, section), item.name),
            source=settings.sources.get(f"{section}.{item.name}", "default"),
            doc=doc_of(section, item.name),
        )
        for section, kind in SECTIONS.items()
        for item in fields(kind)
    ]


def _json(value: object) -> Json:
    if isinstance(value, tuple):
        return [str(item) for item in value]
    if isinstance(value, dict):
        return {str(name): str(item) for name, item in value.items()}
    return value if isinstance(value, bool | int | float | str) else str(value)
