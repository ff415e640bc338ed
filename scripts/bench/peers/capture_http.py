"""A peer: requests under warcio's capture_http, requisites found by lxml. What a careful user writes in half an hour.

python capture_http.py LIST WARC
"""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urljoin

import lxml.html
from warcio.capture_http import capture_http

import requests  # isort: skip  # after capture_http, which replaces the connection that it uses

_REQUISITES = "//img/@src | //link[@rel='stylesheet']/@href | //script/@src"


def main() -> None:
    """Capture every page of the list, and each of its requisites once."""
    source, target = sys.argv[1:]
    seen: set[str] = set()
    with requests.Session() as session, capture_http(target, warc_version="1.1"):
        for url in Path(source).read_text().split():
            answer = session.get(url)
            answer.raise_for_status()
            if not answer.headers["Content-Type"].startswith("text/html"):
                continue
            for reference in lxml.html.fromstring(answer.content).xpath(_REQUISITES):
                requisite = urljoin(url, reference)
                if requisite not in seen:
                    seen.add(requisite)
                    session.get(requisite).raise_for_status()


main()
