"""The words a person types, as a table: what each verb is for, where its code is, what the exit codes mean."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["COMPLETE", "EXIT_CODES", "SECTIONS", "VERBS", "Verb"]


@dataclass(frozen=True, slots=True)
class Verb:
    """One line of the help."""

    section: str
    short: str
    module: str
    """Below ``archivist.cli``."""


COMPLETE = "_ARCHIVIST_COMPLETE"
"""In the environment: a shell asks what could be meant by what a person has typed so far."""

SECTIONS = ("Start", "Capture", "Read", "Cite", "Prove", "Share", "Upkeep", "Try")

VERBS: dict[str, Verb] = {
    "init": Verb("Start", "Make an archive and its signing key.", "init"),
    "config": Verb("Start", "Show the settings in force, and where each comes from.", "config"),
    "snap": Verb("Capture", "Save articles, and the documents they link, now.", "snap"),
    "watch": Verb("Capture", "Look at articles again and again; alone, list what is watched.", "watch"),
    "unwatch": Verb("Capture", "Take articles off the watchlist.", "unwatch"),
    "import": Verb("Capture", "Put the lists of other programs on the watchlist.", "import_"),
    "run": Verb("Capture", "Look at everything that is due; for cron.", "run"),
    "list": Verb("Read", "List the articles of the archive.", "list"),
    "log": Verb("Read", "The history of one article.", "log"),
    "show": Verb("Read", "One snapshot: what was read, captured and found.", "show"),
    "diff": Verb("Read", "What was edited between two snapshots.", "diff"),
    "search": Verb("Read", "Full text and facts of every version, and of every edit.", "search"),
    "cite": Verb("Cite", "A citation with hashes, in the style you need.", "cite"),
    "verify": Verb("Prove", "Check that nothing was changed, cut or removed.", "verify"),
    "stamp": Verb("Prove", "Have outside witnesses of time stamp the signed log.", "stamp"),
    "key": Verb("Prove", "The keys that sign the log; have a new one follow.", "key"),
    "export": Verb("Share", "A snapshot in a form that leaves the archive, such as a receipt.", "export"),
    "status": Verb("Upkeep", "How the archive is doing, and what is due.", "status"),
    "reindex": Verb("Upkeep", "Rebuild the catalog from archives/ and manifests/.", "reindex"),
    "completion": Verb("Upkeep", "Completion of verbs, ids and addresses for your shell.", "completion"),
    "demo": Verb("Try", "The whole story on a made-up newspaper, offline.", "demo"),
}

EXIT_CODES: tuple[tuple[str, str], ...] = (
    ("0", "done"),
    ("1", "the answer is no: verification failed, differences (diff --exit-code), nothing found"),
    ("2", "wrong words: option, ambiguous id, bad settings"),
    ("3", "partly done: something failed or was cut short, the rest is stored"),
    ("4", "cannot be verified: nothing false found, something needed is missing"),
    ("5", "the other side refused or did not answer; nothing stored"),
    ("6", "not an archive, or one of a newer format"),
    ("7", "another archivist is writing"),
    ("8", "the disk failed: full, read-only, damaged"),
    ("70", "a bug in archivist"),
    ("130", "interrupted"),
)
