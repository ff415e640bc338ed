"""Values in scripts that are no JSON."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.extract.script_literal import NotALiteral, called_literal, script_literal

LITERALS = {
    "{}": {},
    "[1, -2.5, 1e3,]": [1, -2.5, 1000.0],
    "{a: 1, 'b': \"two\", c$_1: [true, false, null, undefined],}": {
        "a": 1,
        "b": "two",
        "c$_1": [True, False, None, None],
    },
    "{a:!0,b:!1,c:void 0}": {"a": True, "b": False, "c": None},
    r"'It\'s \u00e9\x41\n'": "It's éA\n",
    '{at: new Date("2026-11-17T06:30:00Z"), 7: 1}': {"at": "2026-11-17T06:30:00Z", "7": 1},
    "[]; window.b = 2": [],
}


@pytest.mark.parametrize(("text", "value"), LITERALS.items(), ids=range(len(LITERALS)))
def test_literals(text: str, value: object) -> None:
    """What serializers write is read without running it; what follows is left alone."""
    assert value == script_literal(text)


@pytest.mark.parametrize(
    "text", ["", "{", "[1", "{a", "{a:", "{a:b}", "{:1}", "f()", "new Foo(1)", "{a:1 b:2", "[" * 500]
)
def test_what_has_to_be_computed_is_refused(text: str) -> None:
    """Calls, unknown names and broken literals are no values."""
    with pytest.raises(NotALiteral):
        script_literal(text)


def test_called_literals() -> None:
    """The function's parameters have the values of the call."""
    text = '(function(a,b,c){return {title:a,list:[b,{deep:c}],own:"a"}}("Cranes",1,null));'

    assert called_literal(text) == {"title": "Cranes", "list": [1, {"deep": None}], "own": "a"}


@pytest.mark.parametrize(
    "text",
    [
        "(function(a){a.x=1;return {}}(1))",
        "(function(){return {}})",
        "{}",
        "(function(){return {",
        "(function(){return [1]}(x))",
    ],
)
def test_functions_that_do_more_are_refused(text: str) -> None:
    """Only a function that returns a literal is read."""
    with pytest.raises(NotALiteral):
        called_literal(text)


@given(st.text(alphabet="{}[](),:'\"\\ab1 !-newDate", max_size=200))
def test_any_text_is_a_value_or_refused(text: str) -> None:
    """Nothing else is raised."""
    for read in (script_literal, called_literal):
        try:
            read(text)
        except NotALiteral:
            continue


@pytest.mark.parametrize(
    "text", ["[" * 200_000, "{a:" * 100_000, "'" + "\\" * 200_001, "[" + "1," * 300_000, " " * 300_000]
)
def test_hostile_scripts_take_no_time(text: str) -> None:
    """The work is linear and bounded."""
    start = time.process_time()
    with pytest.raises(NotALiteral):
        script_literal(text)

    assert time.process_time() - start < 2
