#!/usr/bin/env python3
"""Verifies an archivist receipt with Python's standard library and openssl, and none of archivist's code.

    python3 verify_receipt.py [--key KEY] [--file FILE]... RECEIPT

Written from the specifications: C2SP signed-note, tlog-checkpoint and tlog-proof, RFC 6962 2.1, RFC 8032 by way of
openssl, and docs/format/receipt.md. Exit: 0 all holds and the key is the one given; 1 something is false; 2 wrong
words; 4 nothing is false, but no key was given to compare with, or openssl is not there.
"""

import argparse
import base64
import binascii
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

HEADER = "archivist receipt v1"
SUM = "SHA-256 of all lines above: "
# Of the words between the facts and the parts, which are the same in every receipt of version 1.
WORDS = "a74eb28b2f28fb3dcca00db33960335f263ed6a1bbf381bf931b9e1dc7284ac9"
PARTS = ["MANIFEST", "INCLUSION PROOF", "LOG KEY", "PUBLIC KEY"]
UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
SPKI = bytes.fromhex("302a300506032b6570032100")  # RFC 8410: an Ed25519 public key follows


class Bad(Exception):
    """The receipt does not hold; the message says where."""


def main() -> int:
    """Verify the receipt that the command line names, and print what came out."""
    parser = argparse.ArgumentParser(description="Verify an archivist receipt, offline.")
    parser.add_argument("receipt")
    parser.add_argument("--key", help="the log key that you trust, as the archive publishes it")
    parser.add_argument("--file", action="append", default=[], help="a file that should be one of those captured")
    wanted = parser.parse_args()
    try:
        data = Path(wanted.receipt).read_bytes()
        files = {name: hashlib.sha256(Path(name).read_bytes()).hexdigest() for name in wanted.file}
    except OSError as error:
        print(f"{error.filename} cannot be read: {error.strerror}", file=sys.stderr)
        return 2
    try:
        key, lines = verify(data)
        for name, digest in files.items():
            lines.append(f"{name} is {named(data, digest)}")
    except Bad as error:
        print(f"FAILED: {error}")
        return 1
    except FileNotFoundError:
        print("Not verified: there is no openssl here to check the signature with.")
        return 4
    print("\n".join(lines))
    if wanted.key and wanted.key != key:
        print(f"FAILED: the log key is {key}, not the one that you trust")
        return 1
    if not wanted.key:
        print(f"Holds if the archive's log key is {key}")
        print("Compare it with the one that the archive publishes, and give it with --key.")
        return 4
    print("All of it holds.")
    return 0


def verify(data: bytes) -> tuple[str, list[str]]:
    """The log key and what is proved."""
    facts, parts = divide(data)
    manifest = parts["MANIFEST"]
    snapshot = read_manifest(manifest)
    statement = hashlib.sha256(manifest.encode()).digest()
    name, public, key = read_key(parts["LOG KEY"])
    need(parts["PUBLIC KEY"] == base64.b64encode(SPKI + public).decode(), "the public key is not the log key")
    index, hashes, text, signatures = read_proof(parts["INCLUSION PROOF"])
    origin, size, root = read_checkpoint(text)
    need(facts == expected(statement.hex(), snapshot, name, index), "the facts at its head are not those of its parts")
    need(origin == name, f"the checkpoint is of the log {origin!r}, the key of {name!r}")
    check_signature(text, signatures, name, public)
    check_inclusion(statement, index, size, hashes, root)
    stamps = [check_stamp(parts, number, text) for number in range(1, len(parts)) if f"TIMESTAMP {number}" in parts]
    return key, [*facts, f"Log: signed, entry {index} of {size}", *stamps]


def need(holds: object, said: str) -> None:
    """Go on only where it holds."""
    if not holds:
        raise Bad(said)


def divide(data: bytes) -> tuple[list[str], dict[str, str]]:
    """The lines of facts and the text of each part; every other byte of the file is what it has to be."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Bad(f"byte {error.start} is not UTF-8") from error
    above, separator, last = text.rpartition(SUM)
    need(bool(separator) and above.endswith("\n"), "its last line is not the sum of the others")
    need(last == hashlib.sha256(above.encode()).hexdigest() + "\n", "the sum in its last line is wrong")
    head, separator, rest = above.partition("\n\n")
    facts = head.split("\n")
    need(facts.pop(0) == HEADER, f"its first line is not {HEADER}")
    words, separator, body = rest.partition("\n-----BEGIN MANIFEST-----\n")
    need(bool(separator) and hashlib.sha256(words.encode()).hexdigest() == WORDS, "its explanations were changed")
    body = "-----BEGIN MANIFEST-----\n" + body
    parts = {}
    stamps = [f"{what} {number}" for number in range(1, 100) for what in ("TIMESTAMP", "CERTIFICATES")]
    for name in [*PARTS, *stamps]:
        if not body and name in stamps[::2]:
            break
        begin, end = f"-----BEGIN {name}-----\n", f"\n-----END {name}-----\n"
        need(body.startswith(begin), f"the part {name} does not begin where it should")
        parts[name], separator, body = body[len(begin) :].partition(end)
        need(bool(separator), f"the part {name} has no end")
    need(not body, "something stands behind its last part")
    return facts, parts


def read_manifest(text: str) -> dict:
    """The manifest, which is canonical JSON: no name twice, names in order, no blanks (RFC 8785)."""

    def members(pairs: list) -> dict:
        need(len(dict(pairs)) == len(pairs), "the manifest has a name twice")
        return dict(sorted(pairs, key=lambda pair: pair[0].encode("utf-16-be", "surrogatepass")))

    try:
        value = json.loads(text, object_pairs_hook=members)
        written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    except (ValueError, RecursionError) as error:
        raise Bad(f"the manifest is not JSON: {error}") from error
    need(written == text, "the manifest is not canonical JSON")
    need(isinstance(value, dict) and value.get("type") == "snapshot", "the manifest is no snapshot's")
    return value


def expected(statement: str, snapshot: dict, name: str, index: int) -> list[str]:
    """The facts that the manifest makes."""
    try:
        captures = snapshot["captures"]
        pages = [item for item in captures if item["role"] == "page"][:1]
        documents = [item for item in captures if item["role"] == "document"]
        facts = [
            f"Snapshot: {statement}",
            f"Article: {snapshot['article']}",
            f"Taken: {snapshot['started']} to {snapshot['ended']}, says the archive's own clock",
            f"Archive: {snapshot['archive']}",
            f"Log: {name}, entry {index}",
            *(f"Page: sha256:{item['sha256']} {item['uri']}" for item in pages),
            *(f"Document: sha256:{item['sha256']} {item['uri']}" for item in documents),
        ]
    except (KeyError, TypeError) as error:
        raise Bad(f"the manifest has no {error}") from error
    need(not any(UNREADABLE.search(fact) for fact in facts), "the manifest holds a character that could make a line")
    return facts


def base64_of(text: str) -> bytes:
    """The bytes that have exactly this spelling (RFC 4648 4)."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Bad(f"not base64: {text[:40]!r}") from error
    need(base64.b64encode(data).decode() == text, f"base64 with stray bits: {text[:40]!r}")
    return data


def number_of(text: str) -> int:
    """The number that has exactly this spelling."""
    need(re.fullmatch(r"0|[1-9][0-9]{0,18}", text, re.ASCII) is not None, f"not a number: {text[:30]!r}")
    return int(text)


def read_key(text: str) -> tuple[str, bytes, str]:
    """Name and 32 bytes of a key (C2SP signed-note, verifier keys)."""
    parts = text.split("+", 2)
    need(len(parts) == 3, "the log key is none")
    name, hex_id, encoded = parts
    typed = base64_of(encoded)
    need(len(typed) == 33 and typed[0] == 1, "the log key is not of the Ed25519 type")
    need(bool(name) and not re.search(r"[\s+]", name), "the log key has no name")
    need(key_id(name, typed).hex() == hex_id, "the log key's own id is another key's")
    return name, typed[1:], text


def key_id(name: str, typed: bytes) -> bytes:
    """The four bytes by which a signature names its key (C2SP signed-note)."""
    return hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]


def read_proof(text: str) -> tuple[int, list[bytes], str, list[str]]:
    """Index, hashes, text of the checkpoint, signature lines (C2SP tlog-proof@v1)."""
    blocks = text.split("\n\n")
    need(len(blocks) == 3, "the proof has not three blocks")
    lines = blocks[0].split("\n")
    need(lines.pop(0) == "c2sp.org/tlog-proof@v1", "the proof is of another kind")
    if lines and lines[0].startswith("extra "):
        need(bool(base64_of(lines.pop(0)[6:])), "the proof has an empty extra line")
    need(bool(lines) and lines[0].startswith("index "), "the proof has no index")
    index = number_of(lines.pop(0)[6:])
    hashes = [base64_of(line) for line in lines]
    need(len(hashes) <= 63 and all(len(each) == 32 for each in hashes), "the proof has a hash of another length")
    return index, hashes, blocks[1] + "\n", blocks[2].split("\n")


def read_checkpoint(text: str) -> tuple[str, int, bytes]:
    """Origin, size and root (C2SP tlog-checkpoint)."""
    lines = text.split("\n")
    need(len(lines) >= 4 and all(lines[:-1]), "the checkpoint has too few lines")
    need(not re.search("[\x00-\x09\x0b-\x1f]", text), "the checkpoint holds a control character")
    root = base64_of(lines[2])
    need(len(root) == 32, "the checkpoint's root is no SHA-256")
    return lines[0], number_of(lines[1]), root


def check_signature(text: str, signatures: list[str], name: str, public: bytes) -> None:
    """The log's own line is there and right; lines of keys that nobody knows are passed over."""
    need(len(signatures) <= 100, "the checkpoint has too many signatures")
    own = set()
    for line in signatures:
        found = re.fullmatch("\N{EM DASH} ([^\\s+]+) (\\S+)", line)
        need(found is not None, f"not a signature line: {line[:60]!r}")
        signature = base64_of(found[2])
        need(len(signature) > 4, "a signature is empty")
        if found[1] == name and signature[:4] == key_id(name, b"\x01" + public):
            own.add(signature[4:])
    need(len(own) == 1, "the log has not signed the checkpoint, or has signed it twice")
    signature = own.pop()
    need(len(signature) == 64, "the signature has another length than Ed25519's")
    pem = f"-----BEGIN PUBLIC KEY-----\n{base64.b64encode(SPKI + public).decode()}\n-----END PUBLIC KEY-----\n"
    with tempfile.TemporaryDirectory() as folder:
        named = {"key": pem.encode(), "text": text.encode(), "signature": signature}
        paths = {what: Path(folder, what) for what in named}
        for what, content in named.items():
            paths[what].write_bytes(content)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", paths["key"], "-rawin", "-in", paths["text"]]
        done = subprocess.run([*command, "-sigfile", paths["signature"]], capture_output=True, check=False)
    need(done.returncode == 0, "the signature does not belong to the checkpoint and the log key")


def check_stamp(parts: dict[str, str], number: int, text: str) -> str:
    """What one time-stamping authority says (RFC 3161), checked by openssl under the root that comes with it."""
    lines = parts[f"TIMESTAMP {number}"].split("\n")
    need(all(len(line) == 64 for line in lines[:-1]) and 0 < len(lines[-1]) <= 64, f"TIMESTAMP {number} has odd lines")
    chain = parts[f"CERTIFICATES {number}"]
    need(chain.isascii() and not re.search("[\x00-\x09\x0b-\x1f\x7f]", chain), f"CERTIFICATES {number} is no PEM")
    pem = "-----BEGIN CERTIFICATE-----\n"
    root = chain[chain.rfind(pem) :]
    need(root.startswith(pem), f"CERTIFICATES {number} has no certificate")
    with tempfile.TemporaryDirectory() as folder:
        token, data, others, last = (Path(folder, name) for name in ("token", "data", "others", "root"))
        token.write_bytes(base64_of("".join(lines)))
        data.write_text(text, encoding="utf-8")
        others.write_text(chain + "\n", encoding="ascii")
        last.write_text(root + "\n", encoding="ascii")
        words = ["openssl", "ts", "-reply", "-token_in", "-in", token, "-token_out", "-text"]
        told = subprocess.run(words, capture_output=True, check=False).stdout.decode("utf-8", "replace")
        when = re.search(r"^Time stamp: (\w{3} [ \d]\d [\d:]{8})(?:\.\d+)? (\d{4}) GMT$", told, re.MULTILINE)
        need(when is not None, f"TIMESTAMP {number} cannot be read")
        time = datetime.strptime(f"{when[1]} {when[2]}", "%b %d %H:%M:%S %Y").replace(tzinfo=UTC)
        words = ["openssl", "ts", "-verify", "-token_in", "-in", token, "-data", data, "-CAfile", last]
        words += ["-untrusted", others, "-attime", str(int(time.timestamp()))]
        done = subprocess.run(words, capture_output=True, check=False)
    need(done.returncode == 0, f"TIMESTAMP {number} is not true for this checkpoint")
    return f"Stamped: {time:%Y-%m-%d %H:%M:%S} UTC at the latest, for whoever trusts the last of CERTIFICATES {number}"


def check_inclusion(entry: bytes, index: int, size: int, hashes: list[bytes], root: bytes) -> None:
    """RFC 9162 2.1.3.2."""
    need(index < size, f"entry {index} is beyond the log's {size}")
    node, place, last = hashlib.sha256(b"\x00" + entry).digest(), index, size - 1
    for beside in hashes:
        need(last > 0, "the proof has too many hashes")
        if place % 2 or place == last:
            node = hashlib.sha256(b"\x01" + beside + node).digest()
            while place and not place % 2:
                place, last = place // 2, last // 2
        else:
            node = hashlib.sha256(b"\x01" + node + beside).digest()
        place, last = place // 2, last // 2
    need(last == 0 and node == root, "the manifest does not stand in the log where the proof says")


def named(data: bytes, digest: str) -> str:
    """Which capture of the manifest has these bytes."""
    captures = read_manifest(divide(data)[1]["MANIFEST"])["captures"]
    found = [str(item.get("uri")) for item in captures if item.get("sha256") == digest]
    need(bool(found), f"no capture has the SHA-256 {digest}")
    return f"what was received from {UNREADABLE.sub('?', found[0])}"


if __name__ == "__main__":
    sys.exit(main())
