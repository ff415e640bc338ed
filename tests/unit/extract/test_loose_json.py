"""JSON as it stands in pages."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.extract.loose_json import loose_json

SOUND = {"name": "Mara Quill"}
MENDED = {
    "comment": '<!-- {"name": "Mara Quill"} -->',
    "cdata": '//<![CDATA[\n{"name": "Mara Quill"}\n//]]>',
    "cdata in a comment": '/*<![CDATA[*/{"name": "Mara Quill"}/*]]>*/',
    "byte order mark": '\ufeff{"name": "Mara Quill"}',
    "words before": 'var data = {"name": "Mara Quill"}',
    "data after": '{"name": "Mara Quill"}; var a = {b: 1}',
    "trailing comma": '{"name": "Mara Quill",\n}',
    "raw tab and line break": '{"name": "Mara Quill"\t,\n"text": "one\ntwo\tthree"}',
    "odd escape": '{"name": "Mara Quill", "text": "O\\\'Brien\\_"}',
    "quotes inside": '{"name": "Mara Quill", "text": "She said "no", and left"}',
    "entities": "{&quot;name&quot;: &quot;Mara Quill&quot;}",
    "not closed": '{"name": "Mara Quill", "image": {"url": "a", "sizes": [1, 2',
    "comma and quotes": '{"name": "Mara Quill", "text": "the "old" quay",}',
}


@pytest.mark.parametrize("text", MENDED.values(), ids=MENDED)
def test_what_is_mended(text: str) -> None:
    """What breaks JSON without hiding its sense does not hide the name."""
    value = loose_json(text)

    assert isinstance(value, dict)
    assert value["name"] == "Mara Quill"


def test_mended_text_is_kept_whole() -> None:
    """Quotation marks and apostrophes come out as they were meant."""
    value = loose_json(r'{"a": "She said "no", and left", "b": "O\'Brien", "c": "\u00e9\n"}')

    assert {"a": 'She said "no", and left', "b": "O'Brien", "c": "é\n"} == value


@pytest.mark.parametrize("between", ["", "\n", ";", ", "])
def test_several_values(between: str) -> None:
    """One behind the other they are a list."""
    assert [{"a": 1}, {"b": 2}] == loose_json('{"a": 1}' + between + '{"b": 2}')


@pytest.mark.parametrize("text", ["", "no data", "{headline: Cranes}", '{"a": }', "<p>", '{"a": "open', "{{{{"])
def test_what_cannot_be_mended(text: str) -> None:
    """Nothing is read where nothing is sure."""
    assert loose_json(text) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_sound_json_is_read_as_it_is(value: object) -> None:
    """Mending touches nothing that needs none."""
    assert [value] == loose_json(json.dumps([value]))


@given(st.text(alphabet='{}[]",:\\ab1 \n&quot;', max_size=200))
def test_any_text_is_read_or_not(text: str) -> None:
    """Nothing raises."""
    loose_json(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        '{"a":' * 100_000,
        '"' * 200_000,
        '{"a":"' + '" ' * 200_000,
        "{" + "\\" * 200_000,
        "{" + " ," * 200_000,
    ],
    ids=range(6),
)
def test_floods_are_bounded(text: str) -> None:
    """Each mending looks at each character a bounded number of times."""
    start = time.process_time()
    loose_json(text)

    assert time.process_time() - start < 2
