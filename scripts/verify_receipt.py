#!/usr/bin/env python3
"""Verifies an archivist receipt with Python's standard library and openssl, and none of archivist's code.

    python3 verify_receipt.py [--key KEY] [--file FILE]... RECEIPT

Written from docs/format/receipt.md and what it names: C2SP notes, checkpoints, proofs and cosignatures, RFC 6962 2.1,
RFC 8032 and 3161 by way of openssl, OpenTimestamps. Exit: 0 all holds and the key is the one given; 1 something is
false; 2 wrong words; 4 nothing is false, but no key was given to compare with, or there is no openssl.
"""

import argparse
import base64
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
WORDS = "5a6618ee0aaaee9990cd1c5672fc5bb953ce7a5ade83af17f3369dd70682d293"
PARTS = ["MANIFEST", "INCLUSION PROOF", "LOG KEY", "PUBLIC KEY"]
NUMBERED = [["KEY CHANGE"], ["WITNESS KEY"], ["TIMESTAMP", "CERTIFICATES"], ["CALENDAR PROOF"]]  # if any, from 1 on
UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
CHANGE = re.compile(r"(archivist key change v1\n(\S+)\n(\S+)\n(\S+)\n(\d{1,19})\n)\n(.+)\n(.+)", re.ASCII)
UTF16 = "utf-16-be", "surrogatepass"  # RFC 8785 3.2.3: names are in the order of their UTF-16
PEM = re.compile("-----BEGIN CERTIFICATE-----\n([^-]+)\n-----END CERTIFICATE-----\n")
PEM_FORM = "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n"
OTS = bytes.fromhex("004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e892940108")  # of a SHA-256
STEP = re.compile(rb"\x08|([\xf0\xf1])([\x80-\xff]?[\x01-\x7f])")  # SHA-256; append or prepend so many bytes
BLOCK = re.compile(rb"\x00\x05\x88\x96\x0d\x73\xd7\x19\x01([\x01-\x09])([\x00-\x7f]|[\x80-\xff]+[\x01-\x7f])")
SPKI = bytes.fromhex("302a300506032b6570032100")  # RFC 8410: an Ed25519 public key follows
Bad = ValueError, LookupError, TypeError, RecursionError  # raised where a receipt does not hold


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
        keys, lines = verify(data)
        lines += [f"{name} is {named(data, digest)}" for name, digest in files.items()]
    except Bad as error:
        print(f"FAILED: {error if isinstance(error, ValueError) else f'a part is not as it should be: {error!r}'}")
        return 1
    except FileNotFoundError:
        print("Not verified: there is no openssl here to check the signature with.")
        return 4
    said, code = f"Holds if this is the log key that the archive publishes; give it with --key:\n{keys[-1]}", 4
    if wanted.key:
        said, code = ("All of it holds.", 0) if wanted.key in keys else (f"FAILED: the log key is {keys[-1]}", 1)
    print("\n".join([*lines, said]))
    return code


def verify(data: bytes) -> tuple[list[str], list[str]]:
    """The log keys, of which the last has signed, and what is proved."""
    facts, parts = divide(data)
    snapshot, statement = read_manifest(parts["MANIFEST"]), hashlib.sha256(parts["MANIFEST"].encode()).digest()
    name, public, _ = read_key(parts["LOG KEY"], 1)
    need(parts["PUBLIC KEY"] == base64.b64encode(SPKI + public).decode(), "the public key is not the log key")
    index, hashes, text, signatures = read_proof(parts["INCLUSION PROOF"])
    lines = text.split("\n")  # C2SP tlog-checkpoint
    need(len(lines) >= 4 and all(lines[:-1]) and not re.search("[\x00-\x09\x0b-\x1f]", text), "the checkpoint is none")
    origin, size, root = lines[0], number_of(lines[1]), base64_of(lines[2])
    need(facts == expected(statement.hex(), snapshot, name, index), "the facts at its head are not those of its parts")
    need(origin == name and len(root) == 32, f"the checkpoint is of the log {origin!r}, the key of {name!r}")
    witnesses = numbered(parts, "WITNESS KEY")
    need(len(signatures) == 1 + len(witnesses), "the checkpoint has other signatures than its keys")
    check_line(signatures[0], parts["LOG KEY"], 1, text)
    cosigned = [check_line(line, key, 4, text) for line, key in zip(signatures[1:], witnesses, strict=True)]
    keys = check_changes(numbered(parts, "KEY CHANGE"), parts["LOG KEY"], size)
    check_inclusion(statement, index, size, hashes, root)
    stamps = [check_stamp(parts, number, text) for number, _ in enumerate(numbered(parts, "TIMESTAMP"), start=1)]
    blocks = [check_calendar(proof, text) for proof in numbered(parts, "CALENDAR PROOF")]
    return keys, [*facts, f"Log: signed, entry {index} of {size}", *cosigned, *stamps, *blocks]


def numbered(parts: dict[str, str], name: str) -> list[str]:
    """The parts of that name, which are numbered from 1 on."""
    count = sum(each.startswith(f"{name} ") for each in parts if each not in PARTS)
    need(all(f"{name} {number}" in parts for number in range(1, count + 1)), f"a part {name} is missing")
    return [parts[f"{name} {number}"] for number in range(1, count + 1)]


def need(holds: object, said: str) -> None:
    """Go on only where it holds."""
    if not holds:
        raise ValueError(said)


def divide(data: bytes) -> tuple[list[str], dict[str, str]]:
    """The lines of facts and the text of each part; every other byte of the file is what it has to be."""
    text = data.decode("utf-8", "replace")
    need(text.encode() == data, "it is not UTF-8")
    above, separator, last = text.rpartition(SUM)
    need(bool(separator) and above.endswith("\n"), "its last line is not the sum of the others")
    need(last == hashlib.sha256(above.encode()).hexdigest() + "\n", "the sum in its last line is wrong")
    head, separator, rest = above.partition("\n\n")
    facts = head.split("\n")
    need(facts.pop(0) == HEADER, f"its first line is not {HEADER}")
    end = rest.find("\n-----BEGIN MANIFEST-----\n")
    need(end >= 0 and hashlib.sha256(rest[:end].encode()).hexdigest() == WORDS, "its explanations were changed")
    parts, body = {}, rest[end + 1 :]
    others = [f"{what} {number}" for kind in NUMBERED for number in range(1, 100) for what in kind]
    for name in [*PARTS, *others]:
        begin, end = f"-----BEGIN {name}-----\n", f"\n-----END {name}-----\n"
        if body.startswith(begin):
            parts[name], separator, body = body[len(begin) :].partition(end)
            need(separator, f"the part {name} has no end")
    need(not body and all(name in parts for name in PARTS), "a part is missing, or stands where it should not")
    return facts, parts


def read_manifest(text: str) -> dict:
    """The manifest, which is canonical JSON: no name twice, names in order, no blanks (RFC 8785)."""
    value = json.loads(
        text, object_pairs_hook=lambda pairs: dict(sorted(pairs, key=lambda pair: pair[0].encode(*UTF16)))
    )
    need(json.dumps(value, ensure_ascii=False, separators=(",", ":")) == text, "the manifest is not canonical JSON")
    need(isinstance(value, dict) and value.get("type") == "snapshot", "the manifest is no snapshot's")
    return value


def expected(statement: str, snapshot: dict, name: str, index: int) -> list[str]:
    """The facts that the manifest makes."""
    pages = [("Page", item) for item in snapshot["captures"] if item["role"] == "page"][:1]
    pages += [("Document", item) for item in snapshot["captures"] if item["role"] == "document"]
    facts = [f"Snapshot: {statement}", f"Article: {snapshot['article']}"]
    facts += [f"Taken: {snapshot['started']} to {snapshot['ended']}, says the archive's own clock"]
    facts += [f"Archive: {snapshot['archive']}", f"Log: {name}, entry {index}"]
    facts += [f"{what}: sha256:{item['sha256']} {item['uri']}" for what, item in pages]
    need(not any(UNREADABLE.search(fact) for fact in facts), "the manifest holds a character that could make a line")
    return facts


def base64_of(text: str) -> bytes:
    """The bytes that have exactly this spelling (RFC 4648 4)."""
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, f"base64 with stray bits: {text[:40]!r}")
    return data


def number_of(text: str) -> int:
    """The number that has exactly this spelling."""
    need(re.fullmatch(r"0|[1-9][0-9]{0,18}", text, re.ASCII) is not None, f"not a number: {text[:30]!r}")
    return int(text)


def read_key(text: str, kind: int) -> tuple[str, bytes, bytes]:
    """Name, 32 bytes and id of an Ed25519 key of that kind (C2SP signed-note, verifier keys)."""
    parts = text.split("+", 2)
    need(len(parts) == 3, "a key is none")
    name, hex_id, encoded = parts
    typed = base64_of(encoded)
    need(len(typed) == 33 and typed[0] == kind, "a key is of another type")
    need(bool(name) and not re.search(r"[\s+]", name), "a key has no name")
    key_id = hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]
    need(key_id.hex() == hex_id, "a key's own id is another key's")
    return name, typed[1:], key_id


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


def openssl(command: str, **files: bytes) -> subprocess.CompletedProcess:
    """What openssl says in a folder that holds the files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        return subprocess.run(["openssl", *command.split()], cwd=folder, capture_output=True, check=False)


def check_line(line: str, key: str, kind: int, text: str) -> str:
    """Who signed the text, as a signature line says (C2SP signed-note, tlog-cosignature; RFC 8032)."""
    name, public, key_id = read_key(key, kind)
    found = re.fullmatch("\N{EM DASH} ([^\\s+]+) (\\S+)", line)
    need(found is not None and found[1] == name, f"not a signature line of {name}: {line[:60]!r}")
    signature = base64_of(found[2])
    need(signature[:4] == key_id and len(signature) == (76 if kind == 4 else 68), f"a signature is not of {key}")
    seconds = int.from_bytes(signature[4:-64], "big")  # only a witness's has a time in it
    need(seconds <= 253402300799, f"the cosignature of {name} is of a time that no calendar has")
    signed = f"cosignature/v1\ntime {seconds}\n{text}" if kind == 4 else text
    pem = f"-----BEGIN PUBLIC KEY-----\n{base64.b64encode(SPKI + public).decode()}\n-----END PUBLIC KEY-----\n"
    files = {"key": pem.encode(), "text": signed.encode(), "signature": signature[-64:]}
    done = openssl("pkeyutl -verify -pubin -inkey key -rawin -in text -sigfile signature", **files)
    need(done.returncode == 0, f"a signature does not belong to its text and to the key {key}")
    return f"Cosigned: {datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC, for whoever trusts {key}"


def check_changes(notes: list[str], last: str, size: int) -> list[str]:
    """The keys that lead to the last one, each change signed by the key before it and the one after it."""
    keys, before = [], 0
    for note in notes:
        found = CHANGE.fullmatch(note)
        need(found is not None, "a change of the key is none")
        text, origin, old, new, count, *lines = found.groups()
        for key, line in zip((old, new), lines, strict=True):
            need(read_key(key, 1)[0] == origin, "a change of the key is of another log")
            check_line(line, key, 1, text)
        need(old not in keys[:-1] and (not keys or keys[-1] == old), "the changes of the key do not follow")
        need(old != new and before <= number_of(count) < size, "a change of the key is not before this log")
        keys, before = [*(keys or [old]), new], number_of(count)
    need(not keys or keys[-1] == last, "the changes of the key do not lead to the log key")
    return keys or [last]


def check_stamp(parts: dict[str, str], number: int, text: str) -> str:
    """What one time-stamping authority says (RFC 3161), checked by openssl under the root that comes with it."""
    chain = f"{parts[f'CERTIFICATES {number}']}\n"
    bodies = [parts[f"TIMESTAMP {number}"], *PEM.findall(chain)]
    need(chain == "".join(PEM_FORM.format(body) for body in bodies[1:]), f"CERTIFICATES {number} is no PEM")
    need(all(re.fullmatch("(.{64}\n)*.{1,64}", body) for body in bodies), f"TIMESTAMP {number} has odd lines")
    token, *_ = [base64_of(body.replace("\n", "")) for body in bodies]
    need(token[:2] == b"\x30\x82" and len(token) == 4 + int.from_bytes(token[2:4], "big"), "a token has another length")
    files = {"token": token, "data": text.encode(), "others": chain.encode()}
    more = openssl("pkcs7 -inform DER -in token -print_certs", **files).stdout.strip()
    need(not more and len(bodies) > 1, f"TIMESTAMP {number} brings certificates of its own, or there are no others")
    told = openssl("ts -reply -token_in -in token -token_out -text", **files).stdout.decode("utf-8", "replace")
    when = re.search(r"^Time stamp: (\w{3} [ \d]\d [\d:]{8})(?:\.\d+)? (\d{4}) GMT$", told, re.MULTILINE)
    need(when is not None, f"TIMESTAMP {number} cannot be read")
    time = datetime.strptime(f"{when[1]} {when[2]}", "%b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    command = "ts -verify -token_in -in token -data data -CAfile root -untrusted others -check_ss_sig -attime "
    done = openssl(f"{command}{int(time.timestamp())}", **files, root=PEM_FORM.format(bodies[-1]).encode())
    need(done.returncode == 0, f"TIMESTAMP {number} is not true for this checkpoint")
    return f"Stamped: {time:%Y-%m-%d %H:%M:%S} UTC at the latest, for whoever trusts the last of CERTIFICATES {number}"


def check_calendar(lines: str, text: str) -> str:
    """The Bitcoin block that a calendar's proof leads to (OpenTimestamps); its header is for the reader to look up."""
    need(re.fullmatch("(.{64}\n)*.{1,64}", lines), "a calendar proof has odd lines")
    message, steps = hashlib.sha256(text.encode()).digest(), 0
    before, begun, data = base64_of(lines.replace("\n", "")).partition(OTS + message)
    need(begun and not before and len(begun + data) <= 1 << 16, "a calendar proof is of something else")
    while found := STEP.match(data):
        kind, size = found[1], number_in(found[2] or b"")
        added, data, steps = data[found.end() :][:size], data[found.end() + size :], steps + 1
        message = added + message if kind == b"\xf1" else message + added if kind else hashlib.sha256(message).digest()
        need(size <= 4096 and len(message) <= 4096 and steps < 256, "a calendar proof has more in it than any")
    found = BLOCK.fullmatch(data)
    need(found and len(found[2]) == found[1][0] and len(message) == 32, "a calendar proof leads to no block")
    return f"Calendar: before Bitcoin's block {number_in(found[2])}, if its Merkle root is {message[::-1].hex()}"


def number_in(data: bytes) -> int:
    """A number of seven bits a byte, the lowest first."""
    return sum((byte & 0x7F) << 7 * place for place, byte in enumerate(data))


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
