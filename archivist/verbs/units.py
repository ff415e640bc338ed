"""What makes a computer look by itself: a line for cron, units for systemd. Printed, never installed."""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from archivist.errors import UsageError
from archivist.model.channel import Channel
from archivist.model.config import FetchSettings

__all__ = ["Installation", "crontab", "systemd"]

_EVERY: Final = 10
"""Minutes from run to run: the shortest time between two looks at a page."""
_AT_MOST: Final = "30m"
_TIDY: Final = 60
"""Seconds that a run may need, when it was told to stop, beside the longest response."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Who looks, and where."""

    command: Sequence[str]
    """Absolute: the program, or the interpreter and the module."""
    root: Path
    """Of the archive."""
    keys: Path
    """The folder of the signing keys."""
    environ: Mapping[str, str]
    """Variables that the present settings come from: cron and systemd know none of them."""
    user: str

    @property
    def variables(self) -> dict[str, str]:
        """What has to be said to a program that is started from nowhere."""
        ours = {name: value for name, value in self.environ.items() if name.startswith("ARCHIVIST_")}
        ours.pop("ARCHIVIST_HOME", None)
        return {**ours, "ARCHIVIST_KEYS": str(self.keys)}

    @property
    def words(self) -> list[str]:
        """The command."""
        return [*self.command, "-q", "-C", str(self.root), "run", "--if-free", "--at-most", _AT_MOST]

    @property
    def minute(self) -> int:
        """Within ten: not everybody's archivist should come at the full hour."""
        return hashlib.sha256(str(self.root).encode()).digest()[0] % _EVERY


def crontab(where: Installation) -> str:
    """A line for ``crontab -e``.

    Raises:
        UsageError: a path cannot stand in one.
    """
    _of_one_line(where)
    variables = [f"{name}={shlex.quote(value)}" for name, value in sorted(where.variables.items())]
    # crontab(5): the first unescaped % ends the command.
    line = " ".join([*variables, *map(shlex.quote, where.words)]).replace("%", "\\%")
    return (
        f"# Looks at what is due in {where.root}, every {_EVERY} minutes; add it with: crontab -e\n"
        "# One run at a time: a run that meets another one leaves at once. Silence means that nothing happened.\n"
        f"{where.minute}-59/{_EVERY} * * * *  {line}\n"
    )


def systemd(where: Installation, *, fetch: FetchSettings, channels: Sequence[Channel] = ()) -> str:
    """A service and its timer, each under the name of its file.

    Args:
        where: who looks, and where.
        fetch: how long the longest response may take.
        channels: whom a run tells at its end; what is being told when it is stopped is told to the end.

    Raises:
        UsageError: a path cannot stand in one.
    """
    _of_one_line(where)
    name = f"archivist-{re.sub(r'[^a-z0-9]+', '-', where.root.name.lower()).strip('-') or 'archive'}"
    environment = "\n".join(
        f"Environment={_quoted(f'{each}={value}')}" for each, value in sorted(where.variables.items())
    )
    longest = max((channel.timeout.total_seconds() for channel in channels), default=0.0)
    return _SERVICE.format(
        name=name,
        root=_escaped(str(where.root)),
        user=_escaped(where.user),
        environment=environment,
        command=" ".join(_quoted(word, is_command=True) for word in where.words),
        stop=round(fetch.total_timeout + longest) + _TIDY,
        paths=f"{_quoted(str(where.root))} {_quoted(str(where.keys))}",
        minute=where.minute,
        every=_EVERY,
        # An archive there would not be seen.
        private="no" if where.root.parts[1:2] == ("tmp",) or where.root.parts[1:3] == ("var", "tmp") else "yes",
    )


def _of_one_line(where: Installation) -> None:
    for text in (*where.words, *where.variables.values(), where.user):
        if re.search(r"[\x00-\x1f\x7f]", text):
            raise UsageError(f"{text!r} has a character that no crontab and no unit can hold")


def _escaped(text: str) -> str:
    """Without specifiers (systemd.unit(5))."""
    return text.replace("%", "%%")


def _quoted(text: str, *, is_command: bool = False) -> str:
    """As one word (systemd.syntax(7)); in a command, a dollar is no variable (systemd.service(5))."""
    text = _escaped(text)
    if is_command:
        text = text.replace("$", "$$")
    if re.fullmatch(r"[A-Za-z0-9_@%+=:,./$-]+", text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_SERVICE: Final = """\
# /etc/systemd/system/{name}.service
[Unit]
Description=archivist: look at what is due in {root}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={user}
{environment}
ExecStart={command}
# 3: some pages failed; 7: another run was under way; 130: stopped, and all that was begun is stored.
SuccessExitStatus=3 7 130 SIGINT
# What is under way when it is told to stop is finished, stored and signed; its reader is not told.
KillMode=mixed
TimeoutStopSec={stop}
Nice=10
IOSchedulingClass=idle
UMask=0022
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={paths}
PrivateTmp={private}
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
CapabilityBoundingSet=
SystemCallArchitectures=native
SystemCallFilter=@system-service

# /etc/systemd/system/{name}.timer
[Unit]
Description=archivist: every {every} minutes, what is due in {root}

[Timer]
OnCalendar=*:{minute:02}/{every}
AccuracySec=10s
Persistent=yes

[Install]
WantedBy=timers.target

# Put each part into the file that its first line names, then:
#   systemctl daemon-reload && systemctl enable --now {name}.timer
"""
