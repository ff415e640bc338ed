"""Sending one message through Apprise, in a process of its own: ``python -m archivist.notify.message``.

Its standard input is one JSON object: ``address``, ``title`` and ``body``. The address, which may hold a password,
stands in no list of processes, and a service that hangs is ended with the process.
"""

from __future__ import annotations

import json
import sys

from archivist.errors import ArchivistError, UsageError

__all__ = ["send"]


def send(address: str, *, title: str, body: str) -> None:
    """The message was taken by the service.

    Raises:
        UsageError: Apprise is not installed, or does not know such addresses.
        ArchivistError: the service did not take it.
    """
    try:
        import apprise  # noqa: PLC0415  # an extra, and slow to load
    except ImportError as error:
        raise UsageError("Apprise is not installed: pip install 'archivist[notify]'") from error
    service = apprise.Apprise()
    if not service.add(address):
        raise UsageError("Apprise knows no such address; see its documentation for the form of each service")
    if not service.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT):
        raise ArchivistError("the service did not take the message")


def _main() -> int:
    order = json.load(sys.stdin)
    try:
        send(order["address"], title=order["title"], body=order["body"])
    except ArchivistError as error:
        print(error, file=sys.stderr)  # noqa: T201  # the parent reads it
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main())
