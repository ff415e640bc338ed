"""Pictures: which is which, and what is said of each."""

from __future__ import annotations

import pytest

from archivist.diff.photos import Copies, compare_photos
from archivist.model.article import Photo
from tests.unit.diff.editions import PHOTO, photo


def told(old: list[Photo], new: list[Photo], *hashes: dict[str, str]) -> list[tuple[str, str | None, str | None]]:
    """The changes as what, old and new."""
    old_images, new_images = hashes or ({}, {})
    found = compare_photos(old, new, old_copies=Copies(sha256=old_images), new_copies=Copies(sha256=new_images))
    return [(change.what, change.old, change.new) for change in found.changes]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (photo(caption="The quay", shot_by="Photo: Mara Quill"), []),
        (photo(caption="The quay", shot_by="Photo: Jon Ash"), [("credit", "Photo: Mara Quill", "Photo: Jon Ash")]),
        (photo(caption="The quay"), [("credit", "Photo: Mara Quill", None)]),
        (photo(caption="The mole", shot_by="Photo: Mara Quill"), [("caption", "The quay", "The mole")]),
        (photo(image=f"{PHOTO}?w=320", caption="The quay", shot_by="Photo: Mara Quill"), []),
        (
            photo(image="https://courier.example/quay-1200x675.jpg", caption="The quay", shot_by="Photo: Mara Quill"),
            [],
        ),
        (
            photo(image="https://courier.example/b.jpg", caption="The quay", shot_by="Photo: Mara Quill"),
            [("image", PHOTO, "https://courier.example/b.jpg")],
        ),
    ],
)
def test_one_photo(new: Photo, expected: list[tuple[str, str | None, str | None]]) -> None:
    """Credit, caption and picture are compared apart; the size asked for is no part of a picture."""
    assert expected == told([photo(caption="The quay", shot_by="Photo: Mara Quill")], [new])


def test_replaced_under_its_address() -> None:
    """Other bytes under the same address are another picture."""
    assert [("image", PHOTO, PHOTO)] == told([photo()], [photo()], {PHOTO: "a" * 64}, {PHOTO: "b" * 64})


def test_bytes_not_captured() -> None:
    """Where the bytes of one side are unknown, the same address says the same picture."""
    assert [] == told([photo()], [photo()], {PHOTO: "a" * 64}, {})


def test_same_bytes_elsewhere() -> None:
    """A picture that only got another address did not change."""
    other = "https://cdn.example/77.jpg"
    assert [] == told([photo()], [photo(image=other)], {PHOTO: "a" * 64}, {other: "a" * 64})


def test_added_and_removed() -> None:
    """A picture without a counterpart was added or removed, whatever the order of the others."""
    first, second = photo(caption="The quay"), photo(image="https://courier.example/b.jpg", caption="The mole")
    assert [("added", None, "The mole")] == told([first], [second, first])
    assert [("removed", "The mole", None)] == told([second, first], [first])


def test_swapped_lead() -> None:
    """The lead photo of one side is held against the lead photo of the other."""
    old, new = Photo(image=PHOTO, is_lead=True), Photo(image="https://courier.example/b.jpg", is_lead=True)
    assert [("image", PHOTO, "https://courier.example/b.jpg")] == told([old], [new])


def test_without_address() -> None:
    """Pictures without address, or with a broken one, are told apart by their captions."""
    old = [photo(image=None, caption="The quay"), photo(image="http://[bad", caption="The mole")]
    new = [photo(image="http://[bad", caption="The mole, at night"), photo(image=None, caption="The quay")]
    assert [("caption", "The mole", "The mole, at night")] == told(old, new)
