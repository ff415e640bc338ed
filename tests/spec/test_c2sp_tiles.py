"""C2SP tlog-tiles: the log as static files."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import pytest

from archivist.proof import merkle, tiles
from archivist.proof.tiles import BadTile, TilePath

ENTRY = bytes(range(32))


def entry(index: int) -> bytes:
    """The entry with this index."""
    return sha256(index.to_bytes(4, "big")).digest()


def leaf(index: int) -> bytes:
    """The leaf hash with this index."""
    return merkle.leaf_hash(entry(index))


def nothing(path: str) -> bytes:
    """A reader for a log that has no tiles yet."""
    raise AssertionError(f"asked for {path}")


class TestPaths:
    """All but the last path element MUST begin with an x; index 1234067 will be encoded as x001/x234/067."""

    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            ("tile/0/000", TilePath(level=0, index=0)),
            ("tile/0/x001/x234/067", TilePath(level=0, index=1234067)),
            ("tile/63/x001/000.p/255", TilePath(level=63, index=1000, width=255)),
            ("tile/1/999.p/1", TilePath(level=1, index=999, width=1)),
            ("tile/entries/x012/345.p/17", TilePath(level=None, index=12345, width=17)),
            ("tile/entries/007", TilePath(level=None, index=7)),
        ],
    )
    def test_known(self, path: str, expected: TilePath) -> None:
        """A path is read and written the same way."""
        assert expected == tiles.parse_tile_path(path)
        assert path == str(expected)

    def test_builders(self) -> None:
        """The two builders spell hash tiles and entry bundles."""
        assert tiles.tile_path(0, 1234067, width=5) == "tile/0/x001/x234/067.p/5"
        assert tiles.entries_path(1234067) == "tile/entries/x001/x234/067"

    @pytest.mark.parametrize(
        "path",
        [
            "",
            "tile/0",
            "tile/0/0",
            "tile/0/1234",
            "tile/00/000",
            "tile/64/000",
            "tile/-1/000",
            "tile/0/001/000",
            "tile/0/x000/067",
            "tile/0/x001",
            "tile/0/x1/000",
            "tile/0/000.p/0",
            "tile/0/000.p/01",
            "tile/0/000.p/256",
            "tile/0/000.p/999",
            "tile/0/000/",
            "tile/0/000\n",
            "/tile/0/000",
            "tile/0/../000",
            "tile/0/٠٠٠",
            "tile/0/" + "x999/" * 40 + "999",
        ],
    )
    def test_other_spellings(self, path: str) -> None:
        """Any other spelling is refused, so a path can never name a file outside the log."""
        with pytest.raises(BadTile):
            tiles.parse_tile_path(path)


class TestTree:
    """The partial tile at level l for a tree of size s has floor(s / 256**l) mod 256 entries."""

    def test_seventy_thousand(self) -> None:
        """70,000 entries: 273 full and one partial tile of 112, one full and one partial of 17, one partial of 1."""
        files = dict(tiles.tiles_after(0, 70_000, leaf=leaf, read_tile=nothing))
        paths = [tiles.parse_tile_path(path) for path in files]

        expected = Counter({(0, 256): 273, (0, 112): 1, (1, 256): 1, (1, 17): 1, (2, 1): 1})
        assert expected == Counter((path.level, path.width) for path in paths)

        root = merkle.root([leaf(index) for index in range(70_000)])
        node = tiles.node_reader(files.__getitem__, 70_000)
        assert root == merkle.root_at(70_000, node=node)

        for index in (0, 255, 256, 65_535, 65_536, 69_999):
            proof = merkle.inclusion_proof(index, 70_000, node=node)
            merkle.verify_inclusion(leaf(index), index, size=70_000, proof=proof, root=root)

    def test_growth_across_a_second_level(self) -> None:
        """Growing step by step over 65,536 entries gives the tiles of growing at once, and reads one tile a level."""
        at_once = dict(tiles.tiles_after(0, 65_700, leaf=leaf, read_tile=nothing))
        files: dict[str, bytes] = {}
        read: list[str] = []
        asked: list[int] = []

        def read_tile(path: str) -> bytes:
            read.append(path)
            return files[path]

        def asked_leaf(index: int) -> bytes:
            asked.append(index)
            return leaf(index)

        for old, new in [(0, 65_535), (65_535, 65_536), (65_536, 65_700)]:
            asked.clear()
            read.clear()
            files.update(tiles.tiles_after(old, new, leaf=asked_leaf, read_tile=read_tile))
            assert list(range(old, new)) == asked
            assert len(read) <= 3

        assert at_once == {path: files[path] for path in at_once}

    def test_full_tree_has_no_empty_tile(self) -> None:
        """A tree of 256 is a full tile at level 0 and a partial one of width 1 at level 1."""
        files = dict(tiles.tiles_after(0, 256, leaf=leaf, read_tile=nothing))

        assert ["tile/0/000", "tile/1/000.p/1"] == list(files)
        assert merkle.root([leaf(index) for index in range(256)]) == files["tile/1/000.p/1"]

    def test_nothing_new(self) -> None:
        """A log that has not grown has nothing to write, and nothing is read for it."""
        assert [] == list(tiles.tiles_after(300, 300, leaf=leaf, read_tile=nothing))
        assert [] == list(tiles.bundles_after(300, 300, entry=entry, read_tile=nothing))
        assert [] == list(tiles.tiles_after(0, 0, leaf=leaf, read_tile=nothing))

    def test_no_shrinking(self) -> None:
        """A log that would lose entries is refused."""
        with pytest.raises(BadTile, match="cannot grow from 5 to 4"):
            list(tiles.tiles_after(5, 4, leaf=leaf, read_tile=nothing))
        with pytest.raises(BadTile, match="cannot grow from 5 to 4"):
            list(tiles.bundles_after(5, 4, entry=entry, read_tile=nothing))

    @pytest.mark.parametrize("data", [b"", bytes(32 * 4), bytes(32 * 5 - 1), bytes(32 * 5 + 1), bytes(32 * 256)])
    def test_wrong_length(self, data: bytes) -> None:
        """A tile of the wrong length is refused, by name, by the publisher and by the reader."""
        with pytest.raises(BadTile, match=r"^tile/0/000\.p/5 is"):
            list(tiles.tiles_after(5, 6, leaf=leaf, read_tile=lambda _: data))
        with pytest.raises(BadTile, match=r"^tile/0/000\.p/5 is"):
            tiles.node_reader(lambda _: data, 5)(0, 0)

    def test_wrong_leaf(self) -> None:
        """A leaf hash of the wrong length never reaches a tile."""
        with pytest.raises(BadTile, match="leaf hash"):
            list(tiles.tiles_after(0, 1, leaf=lambda _: b"short", read_tile=nothing))

    @pytest.mark.parametrize(("level", "index"), [(0, 5), (2, 1), (3, 0), (0, -1), (-1, 0)])
    def test_incomplete_node(self, level: int, index: int) -> None:
        """A node that the tree does not have in full is refused before any tile is read."""
        with pytest.raises(BadTile, match="is not complete in a tree of size 5"):
            tiles.node_reader(nothing, 5)(level, index)

    def test_ten_million(self) -> None:
        """An inclusion proof at ten million entries asks for at most six tiles, each once."""
        read: list[str] = []

        def read_tile(path: str) -> bytes:
            read.append(path)
            return bytes(32 * tiles.parse_tile_path(path).width)

        node = tiles.node_reader(read_tile, 10_000_000)
        for index in (0, 5_000_000, 9_999_999):
            read.clear()
            assert len(merkle.inclusion_proof(index, 10_000_000, node=node)) <= 24
            assert len(read) <= 6
            assert len(set(read)) == len(read)


class TestEntries:
    """Entry bundles are sequences of big-endian uint16 length-prefixed log entries."""

    def test_bytes(self) -> None:
        """An entry is preceded by its length in two bytes, the high one first."""
        assert b"\x00\x20" + ENTRY + b"\x00\x20" + ENTRY[::-1] == tiles.bundle([ENTRY, ENTRY[::-1]])

    def test_round_trip(self) -> None:
        """What was bundled comes out again, up to 256 entries."""
        entries = tuple(entry(index) for index in range(256))

        assert entries == tiles.unbundle(tiles.bundle(entries))

    def test_growth(self) -> None:
        """A bundle that grows keeps what it had, and only new entries are asked for."""
        files = dict(tiles.bundles_after(0, 200, entry=entry, read_tile=nothing))
        asked: list[int] = []

        def asked_entry(index: int) -> bytes:
            asked.append(index)
            return entry(index)

        files.update(tiles.bundles_after(200, 300, entry=asked_entry, read_tile=files.__getitem__))

        assert ["tile/entries/000.p/200", "tile/entries/000", "tile/entries/001.p/44"] == list(files)
        assert list(range(200, 300)) == asked
        assert tuple(map(entry, range(256))) == tiles.unbundle(files["tile/entries/000"])
        assert tuple(map(entry, range(256, 300))) == tiles.unbundle(files["tile/entries/001.p/44"])

    def test_short_predecessor(self) -> None:
        """A partial bundle that holds fewer entries than its name says is refused."""
        with pytest.raises(BadTile, match=r"tile/entries/000\.p/3 holds 2 entries"):
            list(tiles.bundles_after(3, 4, entry=entry, read_tile=lambda _: tiles.bundle([ENTRY, ENTRY])))

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"\x00\x20" + ENTRY[:-1],
            b"\x00\x20" + ENTRY + b"\x00",
            b"\x20\x00" + ENTRY,
            b"\x00\x1f" + ENTRY,
            b"\x00\x20" + ENTRY + b"\x00\x21" + ENTRY,
            (b"\x00\x20" + ENTRY) * 257,
        ],
    )
    def test_damaged(self, data: bytes) -> None:
        """A bundle that is empty, cut, too long or of other lengths is refused."""
        with pytest.raises(BadTile, match="entry bundle"):
            tiles.unbundle(data)

    @pytest.mark.parametrize("entries", [[], [ENTRY] * 257, [ENTRY[:-1]], [ENTRY + b"x"]])
    def test_impossible(self, entries: list[bytes]) -> None:
        """No bundle is written that could not be read again."""
        with pytest.raises(BadTile):
            tiles.bundle(entries)
