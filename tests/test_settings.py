"""Options as an ini file, a marker or an argument has them: what is read, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from cp_fixtures import UsageError
from cp_fixtures.options import Options
from cp_fixtures.settings import updated

INI, MARKER = "the ini file", "the marker cp_fixtures"


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("strict", True, True),
        ("strict", "warn", "warn"),
        ("strict", " Warn ", "warn"),
        ("strict", "false", False),
        ("ordered", "TRUE", True),
        ("ordered", " yes ", True),
        ("ordered", "on", True),
        ("ordered", "1", True),
        ("assert_all_used", "no", False),
        ("assert_all_used", "off", False),
        ("assert_all_expected", "0", False),
        ("network", "False", False),
        ("seed", "7", 7),
        ("seed", " -7 ", -7),
        ("seed", 2**40, 2**40),
        ("locale", " de_DE ", "de_DE"),
        ("retries", "3", 3),
        ("retries", 1, 1),
        ("ignore", "max, pattern\nenum", frozenset({"max", "pattern", "enum"})),
        ("ignore", "", frozenset()),
        ("ignore", ["max"], frozenset({"max"})),
        ("ignore", ("max", "max"), frozenset({"max"})),
        ("ignore", {"max"}, frozenset({"max"})),
    ],
)
def test_what_is_read(name: str, value: Any, read: object) -> None:
    """Texts as an ini file has them, and values as Python has them."""
    found = getattr(updated(Options(), {name: value}, INI), name)
    assert (found, type(found)) == (read, type(read))


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("strict", "maybe", "is 'maybe'. It is true, false or warn. Give one of the three."),
        ("strict", None, "is None. It is true, false or warn. Give one of the three."),
        ("ordered", "", "is ''. It is true or false. Give one of the two."),
        ("ordered", 1, "is 1. It is true or false. Give one of the two."),
        ("assert_all_used", "warn", "is 'warn'. It is true or false. Give one of the two."),
        ("seed", "random", "is 'random'. It is a whole number. Give one, such as 7."),
        ("seed", "--5", "is '--5'. It is a whole number. Give one, such as 7."),
        ("seed", "1.5", "is '1.5'. It is a whole number. Give one, such as 7."),
        ("seed", 1.5, "is 1.5. It is a whole number. Give one, such as 7."),
        ("seed", True, "is True. It is a whole number. Give one, such as 7."),
        ("locale", 5, 'is 5. It is a text. Give one, such as "en_US".'),
        ("retries", 0, "is 0. It counts the attempts, the first included. Give 1 or more."),
        ("retries", "-1", "is '-1'. It counts the attempts, the first included. Give 1 or more."),
        ("retries", "", "is ''. It is a whole number. Give one, such as 7."),
        ("ignore", 5, 'is 5. It is a set of rule codes. Give one, such as {"max"}.'),
        ("ignore", "max", "is 'max'. It is a set of rule codes. Give one, such as {\"max\"}."),
        ("ignore", [1], 'is [1]. It is a set of rule codes. Give one, such as {"max"}.'),
    ],
)
def test_what_is_refused(name: str, value: Any, problem: str) -> None:
    """With the option, who says so, what it can be, and what to give."""
    with pytest.raises(UsageError) as caught:
        updated(Options(), {name: value}, MARKER)
    assert str(caught.value) == f"The option {name} of the marker cp_fixtures {problem}"


def test_an_unknown_option_is_refused() -> None:
    """With the near name; the identity is no option."""
    with pytest.raises(UsageError) as caught:
        updated(Options(), {"strikt": True}, MARKER)
    assert str(caught.value) == (
        "There is no option of the marker cp_fixtures 'strikt'. There are 9, and it is none of them. "
        "Did you mean 'strict'?"
    )
    with pytest.raises(UsageError, match="There is no option of the ini file 'identity'"):
        updated(Options(), {"identity": "x"}, INI)


def test_the_others_stay_as_they_are() -> None:
    """Only what is said is replaced, and the options that it came from are not changed."""
    before = Options(seed=5, identity="test")
    after = updated(before, {"ordered": "true"}, INI)
    assert after == Options(seed=5, identity="test", ordered=True)
    assert before == Options(seed=5, identity="test")


def test_nothing_is_replaced_where_one_is_wrong() -> None:
    """The first that cannot be is told."""
    with pytest.raises(UsageError, match="The option seed of the ini file is 'x'"):
        updated(Options(), {"ordered": "true", "seed": "x", "locale": 5}, INI)
