"""Who gets which id: the counts and dicts of a call added up and checked, before anything is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeGuard

from cp_fixtures.errors import InvalidRequest, UsageError, clip
from cp_fixtures.exchanges.copying import copied
from cp_fixtures.exchanges.exchange import Exchange
from cp_fixtures.shapes import nodes
from cp_fixtures.validation import validate_request

__all__ = ["Row", "Wanted", "check_request_of", "listed_ids", "most_ids", "rows"]

Wanted = int | Sequence[Mapping[str, Any]]
"""How many of a kind, or each of them as a dict: one with a ProfileId is whole, one without is completed."""

_MOST_AT_ALL = 10_000
"""How many ids are made where the limit of the operation is ignored: a slip of the pen must not fill the memory."""


class Row(NamedTuple):
    """One id and what is wanted for it.

    Attributes:
        kind: the argument that asked for it, such as "profiles", "errors" or "left_out".
        profile_id: the id.
        given: what the caller says of the entry.
        is_whole: whether that is the whole entry, to be taken as it is.
    """

    kind: str
    profile_id: str
    given: dict[str, Any]
    is_whole: bool


def rows(
    operation: str,
    wanted: Mapping[str, Wanted | None],
    profile_ids: Sequence[str] | None,
    new_id: Callable[[], str],
    ignore: frozenset[str] = frozenset(),
) -> list[Row]:
    """The rows of a call, in the order of its ids.

    Args:
        operation: one of the two operations that ask for ids.
        wanted: for each kind a count, or dicts; for the first None is what the ids leave over, or 1 where no ids are
            given; the last is those left out, of whom there is nothing to say but how many.
        profile_ids: the ids, none twice; None makes as many as are needed.
        new_id: gives an id that is not yet used.
        ignore: codes of rules to leave out; "min" and "max" are the limits of the ids.

    Raises:
        UsageError: something is neither a count nor a list of dicts, a count is negative, the numbers do not add up,
            an id is there twice, or there are too many ids for one call.
    """
    given = None if profile_ids is None else _checked_ids(profile_ids)
    first, *_, last = wanted
    _check_is_count(last, wanted[last])
    _check_counts(operation, wanted, ignore)
    entries = {kind: _entries(kind, each) for kind, each in wanted.items() if each is not None or kind != first}
    taken = _own_ids(entries)
    _check_no_duplicates(taken)
    spare = None if given is None else _spare_ids(given, taken)
    asked = sum(map(len, entries.values())) - len(taken)
    rest: dict[str, list[dict[str, Any]]] = {
        kind: [{}] * (1 if spare is None else max(0, len(spare) - asked)) for kind in wanted if kind not in entries
    }
    planned = [(kind, entry) for kind in wanted for entry in (entries | rest)[kind]]
    if given is not None and len(given) != len(planned):
        raise _wrong_numbers(wanted, len(planned), len(given))
    _check_limits(operation, len(planned), wanted, ignore)
    ids = iter(spare) if spare is not None else iter(new_id, None)
    made = [_row(kind, entry, ids) for kind, entry in planned]
    return made if given is None else sorted(made, key=lambda row: given.index(row.profile_id))


def check_request_of(operation: str, request: dict[str, Any], ignore: frozenset[str] = frozenset()) -> None:
    """Refuse names and ids that the service would refuse, before anything is made for them.

    Raises:
        InvalidRequest: with all that is wrong, but for what is ignored.
    """
    if found := validate_request(operation, request, ignore=ignore):
        raise InvalidRequest(f"This request of {operation} breaks the service model", found)


def _row(kind: str, entry: dict[str, Any], ids: Any) -> Row:
    is_whole = "ProfileId" in entry
    return Row(kind, entry["ProfileId"] if is_whole else next(ids), entry, is_whole)


def _entries(kind: str, wanted: object) -> list[dict[str, Any]]:
    if _is_count(wanted):
        return [{}] * wanted
    if isinstance(wanted, Exchange):
        raise UsageError(
            f"{kind} is an exchange of {wanted.operation}.",
            "An exchange is registered as a whole.",
            "Give it to add_exchange.",
        )
    if isinstance(wanted, Sequence) and all(isinstance(entry, dict) for entry in wanted):
        return [copied(entry) for entry in wanted]
    raise UsageError(
        f"{kind} is {clip(wanted)}.",
        "It says how many there are, or what is in each.",
        "Give a count or a list of dicts.",
    )


def _is_count(wanted: object) -> TypeGuard[int]:
    return isinstance(wanted, int) and not isinstance(wanted, bool)


def _check_is_count(kind: str, wanted: object) -> None:
    if not _is_count(wanted):
        raise UsageError(f"{kind} is {clip(wanted)}.", "Of an id left out there is nothing to say.", "Give a count.")


def _check_counts(operation: str, wanted: Mapping[str, Wanted | None], ignore: frozenset[str]) -> None:
    counts = {kind: each for kind, each in wanted.items() if _is_count(each)}
    for kind, count in counts.items():
        if count < 0:
            raise UsageError(f"{kind} is {clip(count)}.", "There cannot be fewer than none.", "Give 0 or more.")
    # Before as many are made: a slip of the pen can be more than fits into memory.
    if (total := sum(counts.values())) > _limits(operation, ignore)[1]:
        raise _too_many(operation, total, ignore)


def _too_many(operation: str, number: int, ignore: frozenset[str]) -> UsageError:
    least, most = _limits(operation, ignore)
    if "max" in ignore:
        return UsageError(
            f"This call of {operation} asks for {clip(number)} ids.",
            f"Without the rule max {most} are made at most.",
            "Ask for fewer.",
        )
    return UsageError(
        f"This call of {operation} asks for {clip(number)} ids.",
        f"It takes {least} to {most}.",
        f"Register one call for each chunk of {most}.",
    )


def _own_ids(entries: Mapping[str, list[dict[str, Any]]]) -> list[str]:
    return [entry["ProfileId"] for each in entries.values() for entry in each if "ProfileId" in entry]


def most_ids(operation: str) -> int:
    """How many ids a call of one of the two operations takes, by the installed model."""
    return _limits(operation, frozenset())[1]


def listed_ids(profile_ids: object) -> list[Any]:
    """The ids of a call as a list of their own; what each of them is, the check of the request says.

    Raises:
        UsageError: they are no list or tuple.
    """
    if isinstance(profile_ids, str) or not isinstance(profile_ids, Sequence):
        raise UsageError(
            f"profile_ids is {clip(profile_ids)}.", "A call asks for a list of ids.", "Give a list of texts."
        )
    return list(profile_ids)


def _checked_ids(profile_ids: Sequence[str]) -> list[str]:
    ids = listed_ids(profile_ids)
    _check_no_duplicates(ids)
    return ids


def _check_no_duplicates(ids: Sequence[object]) -> None:
    # What is no text is refused later, with all else that is wrong.
    counts = Counter(profile_id for profile_id in ids if isinstance(profile_id, str))
    twice = [profile_id for profile_id, count in counts.items() if count > 1]
    if twice:
        raise UsageError(
            f"The id {clip(twice[0])} is there twice.",
            "Each id has one outcome.",
            "Give each id once; an Exchange of your own may ask for one twice.",
        )


def _spare_ids(given: list[str], taken: list[str]) -> list[str]:
    for profile_id in taken:
        if profile_id not in given:
            raise UsageError(
                f"An entry has the id {clip(profile_id)}.",
                "It is none of profile_ids, so the call would not ask for it.",
                "Add it there, or leave profile_ids out.",
            )
    return [profile_id for profile_id in given if profile_id not in taken]


def _wrong_numbers(wanted: Mapping[str, Any], needed: int, given: int) -> UsageError:
    first = next(iter(wanted))
    asking = [kind for kind, each in wanted.items() if each] or [first]
    verb = "wants" if len(asking) == 1 else "want"
    leave = f", or leave {first} out: it takes what is left over" if wanted[first] is not None else ""
    return UsageError(
        f"{' and '.join(_asked(kind, wanted[kind]) for kind in asking)} {verb} {_ids(needed)}, "
        f"and profile_ids has {given}.",
        "Each id has exactly one outcome.",
        f"Let the numbers add up{leave}.",
    )


def _asked(kind: str, wanted: Any) -> str:
    return (
        f"{kind}={wanted}" if _is_count(wanted) else f"{kind} with {len(wanted)} dict{'' if len(wanted) == 1 else 's'}"
    )


def _check_limits(operation: str, number: int, wanted: Mapping[str, Any], ignore: frozenset[str]) -> None:
    least, most = _limits(operation, ignore)
    if number > most:
        raise _too_many(operation, number, ignore)
    if number < least:
        raise UsageError(
            f"This call of {operation} asks for no id.",
            f"It takes {least} to {most}.",
            f"Let one of {', '.join(wanted)} be more than 0, or give profile_ids.",
        )


def _ids(number: int) -> str:
    return f"{number} id{'' if number == 1 else 's'}"


def _limits(operation: str, ignore: frozenset[str]) -> tuple[int, int]:
    request = nodes().input(operation)
    ids = None if request is None else request.members["ProfileIds"]
    least, most = (int(ids.min or 0), int(ids.max or 1)) if ids else (0, 0)
    return 0 if "min" in ignore else least, max(most, _MOST_AT_ALL) if "max" in ignore else most
