"""A peer: a page and its pictures, one after another over connections that are kept, nothing stored.

python one_by_one.py URL NAME=ADDRESS:PORT…
"""

from __future__ import annotations

import sys
from urllib.parse import urlsplit

import lxml.html
import requests


def main() -> None:
    """Fetch the page and every picture of it, each name at its address."""
    url, *pairs = sys.argv[1:]
    places = dict(pair.split("=", 1) for pair in pairs)
    with requests.Session() as session:

        def get(address: str) -> bytes:
            parts = urlsplit(address)
            answer = session.get(f"http://{places[parts.netloc]}{parts.path}", headers={"Host": parts.netloc})
            answer.raise_for_status()
            return answer.content

        for picture in lxml.html.fromstring(get(url)).xpath("//img/@src"):
            get(picture)


main()
