"""Exchanges of the two operations that ask for ids: each id a row with its outcome, from which both sides are built."""

from __future__ import annotations

from inspect import signature
from math import prod
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from cp_fixtures.shapes import nodes
from cp_fixtures.strategies.lazily import lazily
from cp_fixtures.strategies.leaves import mostly_a_time
from cp_fixtures.strategies.pools import WAYS
from cp_fixtures.strategies.profiles import somebody
from cp_fixtures.strategies.refusals import check_among, check_strategy, check_whether, whether
from cp_fixtures.strategies.rows import Drawn, Entries, Rows

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from cp_fixtures.exchanges import BatchGetProfileExchange, GetSegmentMembershipExchange
    from cp_fixtures.strategies.refusals import Whether

    _Dicts = st.SearchStrategy[Mapping[str, Any]]

__all__ = ["batch_get_profile_exchanges", "get_segment_membership_exchanges"]

_BATCH, _SEGMENT = "batch_get_profile", "get_segment_membership"
_BATCH_OUTCOMES = ("found", "refused", "left_out")
_SEGMENT_OUTCOMES = ("present", "absent", "refused", "left_out")

_MESSAGES = ("Profile not found", "Internal server error", "Rate exceeded")

_NAMES = {"domain_names": "domain_name", "segment_definition_names": "segment_definition_name"}
"""What draws the names that a request has beside its ids, and what they are called there."""

_DRAWN = {"profiles", "errors", "failures", "last_computed_at", *_NAMES}


def batch_get_profile_exchanges(
    *,
    profile_ids: st.SearchStrategy[str] | Sequence[str] | None = None,
    min_ids: int = 1,
    max_ids: int | None = None,
    outcomes: Sequence[str] = ("found", "refused"),
    profiles: _Dicts | None = None,
    errors: _Dicts | None = None,
    domain_names: st.SearchStrategy[str] | None = None,
    repeats: bool = False,
    shuffle: bool | st.SearchStrategy[bool] = False,
    omit_empty: bool | st.SearchStrategy[bool] = False,
) -> st.SearchStrategy[BatchGetProfileExchange]:
    """Consistent exchanges of batch_get_profile.

    Where the ids are free, most ask for a few; one in sixteen for more, mostly for as many as there may be, with the
    same few entries again and again, each with an id of its own.

    Args:
        profile_ids: a strategy of the ids; or the very ids that every request asks for. None is any ids.
        min_ids: how many different ids a request asks for at the least, 1 or more.
        max_ids: and at the most; None is as many as one call takes, 20.
        outcomes: what may become of an id, the simplest first: some of "found", "refused" and "left_out". The last is
            a guess: nobody documents whether the service does that.
        profiles: the profiles found, a strategy; each gets the id that it is found by. None is realistic people.
        errors: the entries of `Errors`, a strategy of dicts; each gets its id. None is a Code that the model knows, the
            likeliest first, with a message: a guess, for nobody documents a value.
        domain_names: the domains asked, a strategy; None is always "amazon-connect-example".
        repeats: whether a request may ask for an id more than once; it is answered once, which is a guess.
        shuffle: whether the response may list its entries in any order, or a strategy that says so each time. A guess:
            nobody documents the order.
        omit_empty: whether an empty `Profiles` or `Errors` is left out, or a strategy that says so each time. A guess:
            nobody documents whether the service sends it empty.

    Raises:
        InvalidArgument: an option cannot be so; when it is first used: there are more ids than one call takes.
        InvalidRequest: when it is drawn: an id or a name breaks the model.
        InvalidResponse: when it is drawn: a profile or an entry breaks the model.
    """
    given = dict(locals())
    rows = _rows(_BATCH, _BATCH_OUTCOMES, given)

    def entries() -> Entries:
        return {
            "found": ("found", Drawn(somebody(), WAYS) if profiles is None else _drawn(profiles)),
            "refused": ("refused", _error() if errors is None else _drawn(errors)),
            "left_out": ("left_out", Drawn(_nothing)),
        }

    return lazily(f"{_BATCH}_exchanges", lambda: rows.strategy(entries()), **_said(batch_get_profile_exchanges, given))


def get_segment_membership_exchanges(
    *,
    profile_ids: st.SearchStrategy[str] | Sequence[str] | None = None,
    min_ids: int = 1,
    max_ids: int | None = None,
    outcomes: Sequence[str] = ("present", "absent", "refused"),
    profiles: _Dicts | None = None,
    failures: _Dicts | None = None,
    profile_when_present: bool | st.SearchStrategy[bool] = True,
    profile_when_absent: bool | st.SearchStrategy[bool] = False,
    last_computed_at: st.SearchStrategy[dt.datetime | None] | None = None,
    domain_names: st.SearchStrategy[str] | None = None,
    segment_definition_names: st.SearchStrategy[str] | None = None,
    repeats: bool = False,
    shuffle: bool | st.SearchStrategy[bool] = False,
    omit_empty: bool | st.SearchStrategy[bool] = False,
) -> st.SearchStrategy[GetSegmentMembershipExchange]:
    """Consistent exchanges of get_segment_membership.

    Where the ids are free, most ask for a few; one in sixteen for more, mostly for as many as there may be, with the
    same few entries again and again, each with an id of its own.

    Args:
        profile_ids: a strategy of the ids; or the very ids that every request asks for. None is any ids.
        min_ids: how many different ids a request asks for at the least, 1 or more.
        max_ids: and at the most; None is as many as one call takes, 100.
        outcomes: what may become of an id, the simplest first: some of "present", "absent", "refused" and "left_out".
            The last is a guess: nobody documents whether the service does that.
        profiles: the profiles of the results, a strategy; each gets its id. None is realistic people.
        failures: the entries of `Failures`, a strategy of dicts; each gets its id. None is a message, mostly with a
            Status: a guess, for nobody documents a value.
        profile_when_present: whether a PRESENT result brings its Profile, or a strategy that says so each time. A
            guess: the model has it optional.
        profile_when_absent: whether an ABSENT result brings its Profile, likewise.
        last_computed_at: `LastComputedAt`, a strategy of datetimes with a time zone; None, also where it draws it,
            leaves it out. As the argument None is: mostly there, from 1900 to 2200.
        domain_names: the domains asked, a strategy; None is always "amazon-connect-example".
        segment_definition_names: the segments asked about, a strategy; None is always "segment-example".
        repeats: whether a request may ask for an id more than once; it is answered once, which is a guess.
        shuffle: whether the response may list its entries in any order, or a strategy that says so each time. A guess:
            nobody documents the order.
        omit_empty: whether an empty `Profiles` or `Failures` is left out, or a strategy that says so each time. A
            guess: nobody documents whether the service sends it empty.

    Raises:
        InvalidArgument: an option cannot be so; when it is first used: there are more ids than one call takes.
        InvalidRequest: when it is drawn: an id or a name breaks the model.
        InvalidResponse: when it is drawn: a profile or an entry breaks the model.
    """
    given = dict(locals())
    rows = _rows(_SEGMENT, _SEGMENT_OUTCOMES, given)
    present = check_whether("profile_when_present", profile_when_present)
    absent = check_whether("profile_when_absent", profile_when_absent)

    def entries() -> Entries:
        profile = Drawn(somebody(), WAYS) if profiles is None else _drawn(profiles)
        return {
            "present": ("found", _result("PRESENT", present, profile)),
            "absent": ("found", _result("ABSENT", absent, profile)),
            "refused": ("refused", _failure() if failures is None else _drawn(failures)),
            "left_out": ("left_out", Drawn(_nothing)),
        }

    said = _said(get_segment_membership_exchanges, given)
    return lazily(f"{_SEGMENT}_exchanges", lambda: rows.strategy(entries()), **said)


def _rows(operation: str, outcomes: tuple[str, ...], given: Mapping[str, Any]) -> Rows:
    """What both operations have in common, of the arguments by their names; all of them are checked."""
    drawn = {name: check_strategy(name, value) for name, value in given.items() if name in _DRAWN}
    return Rows(
        operation=operation,
        ids=given["profile_ids"],
        least=given["min_ids"],
        most=given["max_ids"],
        outcomes=check_among("outcomes", given["outcomes"], outcomes),
        repeats=given["repeats"],
        shuffle=check_whether("shuffle", given["shuffle"]),
        omit_empty=check_whether("omit_empty", given["omit_empty"]),
        drawn=tuple(strategy for strategy in drawn.values() if strategy is not None),
        names={argument: drawn[name] for name, argument in _NAMES.items() if drawn.get(name) is not None},
        last_computed_at=_times(drawn) if "last_computed_at" in drawn else st.none,
    )


def _times(drawn: Mapping[str, Any]) -> Callable[[], st.SearchStrategy[Any]]:
    computed = drawn["last_computed_at"]
    return lambda: mostly_a_time() if computed is None else computed


def _said(function: Callable[..., object], given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that are not as they are by default, for the repr."""
    defaults = {name: parameter.default for name, parameter in signature(function).parameters.items()}
    # A strategy is no other's equal, and need not be asked.
    return {name: value for name, value in given.items() if value is not defaults[name]}


def _drawn(strategy: st.SearchStrategy[Any]) -> Drawn:
    return Drawn(lambda draw, _way: draw(strategy))


def _nothing(_draw: st.DrawFn, _way: int) -> None:
    return None


def _result(result: str, is_shown: Whether, profile: Drawn) -> Drawn:
    def entry(draw: st.DrawFn, way: int) -> dict[str, Any]:
        shown = {"Profile": profile.draw(draw, way)} if whether(draw, is_shown) else {}
        return {"ProfileId": "", "QueryResult": result, **shown}

    return Drawn(entry, profile.ways)


def _error() -> Drawn:
    likeliest = ("ResourceNotFoundException", *nodes().errors(_BATCH))
    return _picked(("Code", "Message"), tuple(dict.fromkeys(likeliest)), _MESSAGES)


def _failure() -> Drawn:
    return _picked(("Message", "Status"), _MESSAGES, (None, 404, 500, 403, 429))


def _picked(names: tuple[str, ...], *among: tuple[Any, ...]) -> Drawn:
    """Draws a dict with one value of each sequence; None is no value."""

    def pick(_draw: st.DrawFn, way: int) -> dict[str, Any]:
        picked = {}
        for name, values in zip(names, among, strict=True):
            way, at = divmod(way, len(values))
            if values[at] is not None:
                picked[name] = values[at]
        return picked

    return Drawn(pick, prod(map(len, among)))
