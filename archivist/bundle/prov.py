"""A manifest in the words of W3C PROV, as PROV-JSON (W3C member submission of 24 April 2013)."""

from __future__ import annotations

from archivist.bundle.chosen import Chosen
from archivist.bundle.package import json_bytes
from archivist.model.json import Json, JsonObject, without_nothing
from archivist.model.manifest import software_name

__all__ = ["prov_of"]

_PREFIXES: JsonObject = {
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "urn": "urn:",
    "archivist": "urn:archivist:prov:",
}
_SNAPSHOT = "archivist:snapshot"
_CAPTURING = "archivist:capturing"
_READING = "archivist:reading"


def prov_of(chosen: Chosen) -> bytes:
    """Who did what to which bytes: the capturing, the bodies it made, the manifest, and how the page was read."""
    snapshot, read = chosen.snapshot, chosen.read
    bodies: JsonObject = {}
    generated: JsonObject = {}
    derived: JsonObject = {}
    for number, capture in enumerate(chosen.captures):
        name = f"archivist:capture-{number}"
        bodies[name] = without_nothing(
            {
                "prov:type": f"archivist:{capture.role}",
                "prov:location": capture.uri,
                "archivist:status": capture.status,
                "archivist:length": capture.payload.length,
                "archivist:sha256": capture.payload.sha256,
                "archivist:blake3": capture.payload.blake3,
                "archivist:record": capture.record.id,
                "archivist:truncated": capture.truncated,
            }
        )
        generated[f"_:g{number}"] = _generated(name, _CAPTURING, capture.date)
        if capture.revisit is not None:
            original = f"archivist:original-{number}"
            bodies[original] = {"prov:location": capture.revisit.uri, "archivist:record": capture.revisit.record.id}
            derived[f"_:d{number}"] = {"prov:generatedEntity": name, "prov:usedEntity": original}
    statement: JsonObject = {"prov:type": "archivist:manifest", "archivist:sha256": chosen.id}
    reading: JsonObject = {"prov:type": "archivist:reading", "archivist:statement": read.statement}
    generated |= {
        "_:gs": _generated(_SNAPSHOT, _CAPTURING, snapshot.ended),
        "_:gr": _generated("archivist:read", _READING, read.at),
    }
    derived["_:dr"] = {"prov:generatedEntity": "archivist:read", "prov:usedEntity": _SNAPSHOT}
    return json_bytes(
        {
            "prefix": _PREFIXES,
            "entity": {_SNAPSHOT: statement, "archivist:read": reading, **bodies},
            "activity": {
                _CAPTURING: {
                    "prov:startTime": snapshot.started,
                    "prov:endTime": snapshot.ended,
                    "archivist:asked": snapshot.asked.url,
                },
                _READING: {"prov:endTime": read.at},
            },
            "agent": {
                "archivist:archive": {"prov:type": "prov:Organization", "archivist:id": snapshot.archive},
                "archivist:capturer": _program(software_name(snapshot.software)),
                "archivist:reader": _program(read.by),
            },
            "wasGeneratedBy": generated,
            "wasDerivedFrom": derived,
            "used": {"_:u0": {"prov:activity": _READING, "prov:entity": _SNAPSHOT}},
            "wasAssociatedWith": {
                "_:a0": {"prov:activity": _CAPTURING, "prov:agent": "archivist:capturer"},
                "_:a1": {"prov:activity": _READING, "prov:agent": "archivist:reader"},
            },
            "wasAttributedTo": {"_:t0": {"prov:entity": _SNAPSHOT, "prov:agent": "archivist:archive"}},
            "actedOnBehalfOf": {
                "_:b0": {"prov:delegate": "archivist:capturer", "prov:responsible": "archivist:archive"}
            },
        }
    )


def _generated(entity: str, activity: str, time: str) -> Json:
    return {"prov:entity": entity, "prov:activity": activity, "prov:time": time}


def _program(name: str) -> Json:
    return {"prov:type": "prov:SoftwareAgent", "prov:label": name}
