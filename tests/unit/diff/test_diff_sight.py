"""What two pictures show: the same, a part of one another, or two things."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageEnhance

from archivist.diff.photos import Copies, compare_photos
from archivist.diff.sight import sight
from archivist.extract.look import read_look
from archivist.model.look import Look
from tests.unit.diff.editions import PHOTO, photo

Picture = Image.Image


def scene(*, hull: str = "darkred", at: int = 0) -> Picture:
    """A harbour: water, a crane, a ship."""
    image = Image.new("RGB", (600, 400), "lightsteelblue")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 250, 600, 400), fill="midnightblue")
    pen.polygon([(at + 60, 260), (at + 260, 260), (at + 220, 320), (at + 90, 320)], fill=hull)
    pen.rectangle((420 - at, 60, 445 - at, 270), fill="orange")
    pen.line((300 - at, 70, 560 - at, 70), fill="black", width=9)
    pen.ellipse((500, 20, 560, 80), fill="ivory")
    return image


def saved(image: Picture, kind: str = "JPEG", **options: int) -> bytes:
    """The file."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def look(data: bytes) -> Look:
    """What it shows."""
    found = read_look(data)
    assert found is not None
    return found


ORIGINAL = look(saved(scene(), quality=90))


@pytest.mark.parametrize(
    "again",
    [
        lambda image: saved(image, quality=25),
        lambda image: saved(image.resize((300, 200)), "WEBP", quality=40),
        lambda image: saved(image.resize((900, 600)), "PNG"),
        lambda image: saved(image.convert("L")),
        lambda image: saved(ImageEnhance.Brightness(image).enhance(0.9)),
        lambda image: saved(image.convert("RGBA"), "PNG"),
    ],
)
def test_saved_again(again: Callable[[Picture], bytes]) -> None:
    """Compression, size, format, and brightness as a whole change no picture."""
    assert "same" == sight(ORIGINAL, look(again(scene()))) == sight(look(again(scene())), ORIGINAL)


@pytest.mark.parametrize("box", [(0, 0, 500, 400), (100, 40, 600, 380), (0, 0, 400, 400), (60, 60, 520, 330)])
def test_cropped(box: tuple[int, int, int, int]) -> None:
    """A part of the picture is known for one, whichever came first."""
    part = look(saved(scene().crop(box).resize((320, 200 if box[2] > 400 else 320)), quality=60))
    true = Look(width=box[2] - box[0], height=box[3] - box[1], dots=part.dots)
    assert "cropped" == sight(ORIGINAL, true) == sight(true, ORIGINAL)


@pytest.mark.parametrize(
    "other",
    [
        scene(at=130),
        scene().transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        Image.linear_gradient("L").resize((600, 400)),
        Image.new("L", (600, 400), 90),
    ],
)
def test_swapped(other: Picture) -> None:
    """Another scene, its mirror, a gradient and one colour are other pictures."""
    assert "swapped" == sight(ORIGINAL, look(saved(other)))


def test_painted_over() -> None:
    """One thing painted over in a picture that stays otherwise is told."""
    image = scene()
    ImageDraw.Draw(image).rectangle((415, 55, 450, 250), fill="lightsteelblue")
    assert "swapped" == sight(ORIGINAL, look(saved(image)))


def test_one_colour() -> None:
    """Pictures of one colour are the same if it is the same colour."""
    grey, dark = (look(saved(Image.new("L", (90, 60), tone), "PNG")) for tone in (200, 60))
    assert ("same", "swapped") == (sight(grey, grey), sight(grey, dark))


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8\xff\xe0 no picture", saved(scene())[:900], b"<svg/>"])
def test_undecodable(data: bytes) -> None:
    """What cannot be decoded has no look."""
    assert read_look(data) is None


def test_too_large() -> None:
    """A picture of more dots than are decoded is left alone, though its file is small."""
    assert read_look(saved(Image.new("1", (9_000, 9_000)), "PNG")) is None


def test_turned_by_its_file() -> None:
    """A picture that its file says to turn is looked at as it is shown."""
    exif = Image.Exif()
    exif[0x0112] = 6
    out = BytesIO()
    scene().transpose(Image.Transpose.ROTATE_90).save(out, "JPEG", exif=exif)
    found = look(out.getvalue())
    assert ("same", 600, 400) == (sight(ORIGINAL, found), found.width, found.height)


def test_told() -> None:
    """Under one address: saved again is counted, cropped and swapped are told for what they are."""
    looks = {
        "saved": look(saved(scene(), quality=20)),
        "cropped": look(saved(scene().crop((0, 0, 450, 400)))),
        "swapped": look(saved(scene(at=130))),
        "unknown": None,
    }
    told = {}
    for name, found in looks.items():
        new = Copies(sha256={PHOTO: "b" * 64}, looks={PHOTO: found} if found else {})
        old = Copies(sha256={PHOTO: "a" * 64}, looks={PHOTO: ORIGINAL})
        both = compare_photos([photo()], [photo()], old_copies=old, new_copies=new)
        told[name] = ([(change.what, change.look) for change in both.changes], both.resaved)
    assert told == {
        "saved": ([], 1),
        "cropped": ([("image", "cropped")], 0),
        "swapped": ([("image", "swapped")], 0),
        "unknown": ([("image", None)], 0),
    }


def test_known_by_its_looks() -> None:
    """A picture that got another address and was saved again is the one that it was."""
    other = "https://cdn.example/assets/77f3.webp"
    old = Copies(sha256={PHOTO: "a" * 64}, looks={PHOTO: ORIGINAL})
    new = Copies(sha256={other: "b" * 64}, looks={other: look(saved(scene(), quality=30))})
    both = compare_photos([photo()], [photo(image=other)], old_copies=old, new_copies=new)
    assert ((), 1) == (both.changes, both.resaved)
