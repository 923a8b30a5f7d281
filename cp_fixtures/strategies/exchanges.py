"""Exchanges of the two operations that ask for ids: each id a row with its outcome, from which both sides are built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from cp_fixtures.errors import clip
from cp_fixtures.shapes import nodes
from cp_fixtures.strategies.lazily import lazily
from cp_fixtures.strategies.leaves import sendable_time
from cp_fixtures.strategies.profiles import people
from cp_fixtures.strategies.refusals import check_among, refused
from cp_fixtures.strategies.rows import Entries, Rows

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from cp_fixtures.exchanges import Exchange

__all__ = ["batch_get_profile_exchanges", "get_segment_membership_exchanges"]

_Dicts = st.SearchStrategy[dict[str, Any]]

_BATCH, _SEGMENT = "batch_get_profile", "get_segment_membership"
_BATCH_OUTCOMES = ("found", "refused", "left_out")
_SEGMENT_OUTCOMES = ("present", "absent", "refused", "left_out")


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
) -> st.SearchStrategy[Exchange]:
    """Consistent exchanges of batch_get_profile.

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
    rows = Rows(
        operation=_BATCH,
        ids=profile_ids,
        least=min_ids,
        most=max_ids,
        outcomes=check_among("outcomes", outcomes, _BATCH_OUTCOMES),
        repeats=repeats,
        shuffle=_whether("shuffle", shuffle),
        omit_empty=_whether("omit_empty", omit_empty),
        names={"domain_name": _strategy("domain_names", domain_names)},
    )
    found, failed = _strategy("profiles", profiles), _strategy("errors", errors)

    def entries() -> Entries:
        return {
            "found": ("found", people() if found is None else found),
            "refused": ("refused", _errors() if failed is None else failed),
            "left_out": ("left_out", st.none()),
        }

    given = {"profiles": profiles, "errors": errors, "domain_names": domain_names}
    return lazily("batch_get_profile_exchanges", lambda: rows.strategy(entries()), **rows.said(), **_shown(given))


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
) -> st.SearchStrategy[Exchange]:
    """Consistent exchanges of get_segment_membership.

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
    computed = _strategy("last_computed_at", last_computed_at)
    rows = Rows(
        operation=_SEGMENT,
        ids=profile_ids,
        least=min_ids,
        most=max_ids,
        outcomes=check_among("outcomes", outcomes, _SEGMENT_OUTCOMES),
        repeats=repeats,
        shuffle=_whether("shuffle", shuffle),
        omit_empty=_whether("omit_empty", omit_empty),
        names={
            "domain_name": _strategy("domain_names", domain_names),
            "segment_definition_name": _strategy("segment_definition_names", segment_definition_names),
        },
        last_computed_at=(lambda: st.none() | sendable_time()) if computed is None else (lambda: computed),
    )
    found, failed = _strategy("profiles", profiles), _strategy("failures", failures)
    present, absent = (
        _whether("profile_when_present", profile_when_present),
        _whether("profile_when_absent", profile_when_absent),
    )

    def entries() -> Entries:
        profile = people() if found is None else found
        return {
            "present": ("found", _results("PRESENT", present, profile)),
            "absent": ("found", _results("ABSENT", absent, profile)),
            "refused": ("refused", _failures() if failed is None else failed),
            "left_out": ("left_out", st.none()),
        }

    given = {
        "profiles": profiles, "failures": failures, "last_computed_at": last_computed_at, "domain_names": domain_names,
        "segment_definition_names": segment_definition_names,
    }  # fmt: skip
    said = {"profile_when_present": (profile_when_present, True), "profile_when_absent": (profile_when_absent, False)}
    changed = {name: value for name, (value, default) in said.items() if value is not default}
    return lazily(
        "get_segment_membership_exchanges",
        lambda: rows.strategy(entries()),
        **rows.said(),
        **changed,
        **_shown(given),
    )


@st.composite
def _results(draw: st.DrawFn, result: str, shown: st.SearchStrategy[bool], profiles: _Dicts) -> dict[str, Any]:
    profile = {"Profile": draw(profiles)} if draw(shown) else {}
    return {"ProfileId": "", "QueryResult": result, **profile}


def _errors() -> _Dicts:
    likeliest = ("ResourceNotFoundException", *nodes().errors(_BATCH))
    codes = st.sampled_from(tuple(dict.fromkeys(likeliest)))
    messages = st.sampled_from(("Profile not found", "Internal server error", "Rate exceeded"))
    return st.builds(lambda code, message: {"Code": code, "Message": message}, codes, messages)


def _failures() -> _Dicts:
    messages = st.sampled_from(("Profile not found", "Internal server error", "Rate exceeded"))
    statuses = st.sampled_from((None, 404, 500, 403, 429))
    return st.builds(_failure, messages, statuses)


def _failure(message: str, status: int | None) -> dict[str, Any]:
    return {"Message": message} if status is None else {"Message": message, "Status": status}


def _strategy(name: str, value: Any) -> Any:
    if value is None or isinstance(value, st.SearchStrategy):
        return value
    raise refused(f"{name} is {clip(value)}.", "It is drawn from.", f"Give a strategy, such as st.just({clip(value)}).")


def _whether(name: str, value: object) -> st.SearchStrategy[bool]:
    if isinstance(value, bool):
        return st.just(value)
    found: st.SearchStrategy[bool] = _strategy(name, value)
    return found


def _shown(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}
