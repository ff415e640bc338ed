"""What is asked of each kind of witness; nothing is written here, and each answer is handed on only when it is true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from archivist.pipeline.witness import Answer, Proof, Round, Witness
from archivist.proof.digest import sha256_hex
from archivist.proof.note import parse_note
from archivist.store.log import Log

__all__ = ["Job", "completing", "job_of"]

_MAX_COMPLETED: Final = 20
"""Promises of one calendar that are looked after in one run; a newer proof covers what an older one covers."""
_MAX_LOOKED_AT: Final = 1_000
"""Checkpoints, from the newest on, whose promises are looked after."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Job:
    """Something to ask one witness, in a thread of its own."""

    witness: Witness
    size: int
    run: Callable[[], Iterator[Proof]]


def job_of(witness: Witness, round_: Round) -> Job:
    """Ask a witness about the newest checkpoint."""
    asking = {"authority": _authority, "calendar": _calendar, "witness": _cosigned}[witness.kind]
    return Job(witness=witness, size=round_.size, run=partial(asking, witness, round_))


def completing(round_: Round) -> Iterator[Job]:
    """Ask the calendars for the rest of what they promised."""
    promised: dict[str, list[int]] = defaultdict(list)
    for size in round_.stamps.sizes()[: -_MAX_LOOKED_AT - 1 : -1]:
        for name in round_.stamps.witnesses(size, ".pending.ots") - round_.stamps.completed(size):
            promised[name].append(size)
    for name, sizes in sorted(promised.items()):
        # Of many promises some are looked after, from end to end: the oldest may be lost, the newest are not ready yet.
        chosen = sizes[:: -(-len(sizes) // _MAX_COMPLETED)]
        witness = Witness(kind="calendar", url=name)
        yield Job(witness=witness, size=chosen[0], run=partial(_completed, witness, chosen, round_))


def _authority(witness: Witness, round_: Round) -> Iterator[Proof]:
    from archivist.fetch.authority import ask_authority  # noqa: PLC0415  # loaded when needed
    from archivist.fetch.revocation import ask_revocation  # noqa: PLC0415
    from archivist.proof.authority import BadToken, certificates_in, chain_pem  # noqa: PLC0415

    roots = certificates_in(round_.roots)
    stamped = ask_authority(round_.asker, witness.url, round_.text, roots=roots, until=round_.until)
    time = stamped.token.stamped.time
    # Half of what is left: the stamp itself must not be late because somebody else is.
    half = (round_.workspace.clock.monotonic() + round_.until) / 2
    answers = tuple(ask_revocation(round_.asker, stamped.chain, until=half))
    for answer in answers:
        if answer.answered.harms(time):
            raise BadToken(f"a certificate of its chain was revoked on {answer.answered.revoked:%Y-%m-%d}")
    yield Proof(
        size=round_.size,
        files=(
            (f"{witness.name}.pem", chain_pem(stamped.chain).encode()),
            (f"{witness.name}.tsr", stamped.response),
        ),
        extras=tuple((f"{witness.name}.{each.position}.{each.kind}", each.data) for each in answers),
        answer=Answer(
            kind="authority",
            by=witness.name,
            size=round_.size,
            state="stamped",
            time=f"{time:%Y-%m-%dT%H:%M:%SZ}",
        ),
    )


def _calendar(witness: Witness, round_: Round) -> Iterator[Proof]:
    from archivist.fetch.calendar import submit  # noqa: PLC0415  # loaded when needed

    proof = submit(round_.asker, witness.url, bytes.fromhex(sha256_hex(round_.text)), until=round_.until)
    yield Proof(
        size=round_.size,
        files=((f"{witness.name}.pending.ots", proof.to_bytes()),),
        answer=Answer(
            kind="calendar",
            by=witness.name,
            size=round_.size,
            state="pending",
            said=f"promised for the log of {round_.size} entries; a later run fetches the way to a Bitcoin block",
        ),
    )


def _completed(witness: Witness, sizes: Sequence[int], round_: Round) -> Iterator[Proof]:
    from archivist.fetch.calendar import NotYet, complete  # noqa: PLC0415  # loaded when needed
    from archivist.pipeline.trust import trust_of  # noqa: PLC0415
    from archivist.proof.check_ots import judge_ots  # noqa: PLC0415
    from archivist.proof.ots import OtsProof  # noqa: PLC0415

    headers = trust_of(round_.workspace).headers()
    for size in sizes:
        pending = OtsProof.parse(round_.stamps.read(size, f"{witness.name}.pending.ots"))
        try:
            proof = complete(round_.asker, pending, until=round_.until)
        except NotYet:
            continue
        # Where the person has headers, a calendar that lies is found out before anything of it is kept.
        text = parse_note(Log(round_.workspace.layout, disk=round_.workspace.disk).checkpoint_of(size)).text.encode()
        heights = judge_ots(proof.to_bytes(), text, headers=headers).heights
        yield Proof(
            size=size,
            files=((f"{witness.name}.ots", proof.to_bytes()),),
            answer=Answer(
                kind="calendar",
                by=witness.name,
                size=size,
                state="stamped",
                said=f"leads to Bitcoin block {min(heights)}",
            ),
        )


def _cosigned(witness: Witness, round_: Round) -> Iterator[Proof]:
    from archivist.fetch.witness import Submitted, ask_witness  # noqa: PLC0415  # loaded when needed
    from archivist.proof.cosign import WitnessKey  # noqa: PLC0415

    log = Log(round_.workspace.layout, disk=round_.workspace.disk)
    stamps, suffix = round_.stamps, f"{witness.name}.cosig"
    known = (size for size in stamps.sizes()[::-1] if suffix in stamps.names(size))
    found = ask_witness(
        round_.asker,
        witness.url,
        log=Submitted(note=round_.note, text=round_.text, size=round_.size, prove=log.consistency),
        old=next(known, 0),
        key=WitnessKey.parse(witness.key),
        until=round_.until,
    )
    yield Proof(
        size=round_.size,
        files=((suffix, str(found.line).encode()),),
        answer=Answer(
            kind="witness",
            by=witness.name,
            size=round_.size,
            state="stamped",
            time=f"{found.time:%Y-%m-%dT%H:%M:%SZ}",
        ),
    )
