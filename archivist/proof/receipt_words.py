"""The words that stand in every receipt of version 1, between the facts and the parts; part of the format."""

from __future__ import annotations

from typing import Final

__all__ = ["WORDS"]

WORDS: Final = r"""What this file proves

The archive named above took a snapshot of the article named above. The manifest below says what it
received: every address, the status, and the SHA-256 and BLAKE3 of every body. The manifest stands in
the archive's log, and the log is signed: since then, not one byte of the manifest can have been
changed, nor of the files that it names, without this proof failing.

What it does not prove

- That the publisher sent the same bytes to everybody: an archive shows what it received itself.
- When exactly this was: the times are the archive's own word. Each part TIMESTAMP, if there is one, is
  an outside witness's word that the snapshot was there at the time in it.
- Whose key signed: compare the LOG KEY below with the one that the archive publishes. Each part KEY
  CHANGE, if there is one, says how that key followed an older one, signed by both: whoever knows an
  older key of the archive knows this one by it.
- That the archive showed the same log to everybody. Each part WITNESS KEY, if there is one, is that of
  somebody outside who has cosigned the log, which it had seen only grow; compare it, too.
- What the files say: you need them as well. The SHA-256 of a file is that of its bytes as they came
  over the network, which for a page may be gzip.

How to check it

With archivist:                   archivist verify FILE
With Python alone:                python3 verify_receipt.py FILE
With a shell and openssl (1.1.1 or later), in an empty folder, after R=FILE:

  part() { sed -n "/^-----BEGIN $1-----\$/,/^-----END $1-----\$/p" "$R" | sed '1d;$d'; }

  # 1. The manifest: the SHA-256 is the one after "Snapshot:" above.
  part MANIFEST | tr -d '\n' > manifest.json
  sha256sum manifest.json

  # 2. The signature: openssl says "Signature Verified Successfully".
  part 'INCLUSION PROOF' > proof
  awk -v RS= 'NR==2' proof > checkpoint
  awk -v RS= 'NR==3' proof | head -n 1 | sed 's/.* //' | base64 -d | tail -c 64 > signature
  { echo '-----BEGIN PUBLIC KEY-----'; part 'PUBLIC KEY'; echo '-----END PUBLIC KEY-----'; } > key.pem
  openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in checkpoint -sigfile signature

  # 3. The log: both lines that are printed are the same (RFC 9162 2.1.3.2).
  n=$(sed -n 's/^index //p' proof); last=$(($(sed -n 2p checkpoint) - 1))
  hash() { openssl dgst -sha256 -binary > next; mv next node; }
  { printf '\000'; openssl dgst -sha256 -binary manifest.json; } | hash
  awk -v RS= 'NR==1' proof | sed '1,/^index /d' | while read -r each; do
    echo "$each" | base64 -d > beside
    if [ $((n % 2)) = 1 ] || [ "$n" = "$last" ]; then
      { printf '\001'; cat beside node; } | hash
      while [ $((n % 2)) = 0 ] && [ "$n" != 0 ]; do n=$((n / 2)); last=$((last / 2)); done
    else
      { printf '\001'; cat node beside; } | hash
    fi
    n=$((n / 2)); last=$((last / 2))
  done
  base64 node; sed -n 3p checkpoint

  # 4. A file that came with this: its SHA-256 stands after "Page:" or "Document:" above, or in the manifest.
  sha256sum FILE; b3sum FILE

  # 5. A time stamp, where there is a part TIMESTAMP 1 (2, 3): openssl says "Verification: OK". The last of the
  #    certificates is the root: is it one that you trust?
  part 'TIMESTAMP 1' | base64 -d > stamp
  part 'CERTIFICATES 1' > chain.pem
  openssl ts -reply -token_in -in stamp -token_out -text | grep 'Time stamp:'
  openssl ts -verify -token_in -in stamp -data checkpoint -CAfile chain.pem -untrusted chain.pem \
    -attime "$(date -d "$(openssl ts -reply -token_in -in stamp -token_out -text | sed -n 's/^Time stamp: //p')" +%s)"

  # 6. A change of the key, where there is a part KEY CHANGE 1 (2, 3): its third line is a key that the archive had,
  #    its fourth the one that followed. openssl says twice "Signature Verified Successfully".
  public() { cut -d + -f 3- | base64 -d | tail -c 32; }
  spki() { { printf '\060\052\060\005\006\003\053\145\160\003\041\000'; public; } > key.der; }
  ed25519() { openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in text -sigfile signature; }
  part 'KEY CHANGE 1' > change
  awk -v RS= 'NR==1' change > text
  for line in 1 2; do
    sed -n "$((line + 2))p" text | spki
    awk -v RS= 'NR==2' change | sed -n "${line}p" | sed 's/.* //' | base64 -d | tail -c 64 > signature
    ed25519
  done

  # 7. A witness, where there is a part WITNESS KEY 1 (2, 3): its signature is the second (third, fourth) under the
  #    checkpoint. openssl says "Signature Verified Successfully"; the witness saw the log at the time in text.
  part 'WITNESS KEY 1' | spki
  awk -v RS= 'NR==3' proof | sed -n 2p | sed 's/.* //' | base64 -d > cosignature
  seconds=$(tail -c 72 cosignature | head -c 8 | od -An -tx1 | tr -d ' \n')
  { printf 'cosignature/v1\ntime %d\n' "0x$seconds"; cat checkpoint; } > text
  tail -c 64 cosignature > signature
  ed25519
"""
