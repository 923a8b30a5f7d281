"""Counts and partial dicts, completed: what a test says of an answer becomes an outcome for each id."""

from __future__ import annotations

import datetime as dt
import threading
from random import Random
from typing import TYPE_CHECKING, Any, Literal

from cp_fixtures.errors import UsageError, clip
from cp_fixtures.exchanges.assembly import Outcome, assemble, request_for, shuffled
from cp_fixtures.exchanges.faults import error_exchange
from cp_fixtures.exchanges.metadata import FIXED_DATE
from cp_fixtures.exchanges.plan import check_request_of, rows
from cp_fixtures.exchanges.profiles import Profiles
from cp_fixtures.factories.overrides import OMIT, merged
from cp_fixtures.validation import check_rule_codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cp_fixtures.exchanges.exchange import BatchGetProfileExchange, Exchange, GetSegmentMembershipExchange
    from cp_fixtures.exchanges.plan import Row, Wanted
    from cp_fixtures.factories import ProfileFactory

__all__ = ["Assembler"]

_KINDS: dict[str, Literal["found", "refused", "left_out"]] = {
    "profiles": "found", "present": "found", "absent": "found",
    "errors": "refused", "failures": "refused", "left_out": "left_out",
}  # fmt: skip
"""In which list of a response the entries of an argument stand."""

_RESULT_MEMBERS = {"QueryResult", "Profile"}

if TYPE_CHECKING:
    # Gives the entry of a row.
    _Complete = Callable[[Row, Profiles], dict[str, Any]]


class Assembler:
    """Makes exchanges with made-up people: the same seed and the same calls give the same exchanges.

    A call that is refused changes nothing: the next one gives what it would have given anyway. Many threads may use
    one: each call has ids and people of its own, whichever thread comes first.

    Args:
        seed: an int of any size.
        locale: the locale of the people, such as "en_US".
        ignore: codes of rules that its exchanges are not held to, such as {"pattern"}; without "max" a call may ask for
            more ids than the operation takes.

    Raises:
        UsageError: there is no such locale or rule.
    """

    def __init__(self, *, seed: int = 0, locale: str = "en_US", ignore: Iterable[str] = ()) -> None:
        from cp_fixtures.factories import ProfileFactory  # noqa: PLC0415 - a client alone needs no people

        ProfileFactory(locale=locale, seed=seed)
        self._seed, self._locale = seed, locale
        self._ignore = check_rule_codes(ignore)
        self._made = self._failed = 0
        self._lock = threading.Lock()

    def batch_get_profile(
        self,
        profiles: Wanted | None = None,
        errors: Wanted = 0,
        *,
        profile_ids: Sequence[str] | None = None,
        left_out: int = 0,
        domain_name: str | None = None,
        shuffle: bool = False,
        preset: str = "typical",
        messy: bool = False,
        error_code: str = "ResourceNotFoundException",
        error_message: str = "Profile not found",
        omit_empty: bool = False,
    ) -> BatchGetProfileExchange:
        """One consistent exchange of batch_get_profile.

        Args:
            profiles: the profiles found: a count, or dicts: one with a ProfileId is whole and taken as it is, one
                without is completed by the factory. None: what `profile_ids` leaves over, else 1.
            errors: the ids refused: a count, or dicts of `Errors`, whole or completed likewise.
            profile_ids: the ids that are asked for, 1 to 20, none twice; None makes as many as are needed. Profiles
                take the first ones, errors the next, what is left out the last.
            left_out: how many ids get neither. A guess: nobody documents whether the service does that.
            domain_name: the domain asked; None is "amazon-connect-example".
            shuffle: whether the response lists its entries in another order than the request. A guess: nobody
                documents the order.
            preset: what a profile that is made or completed has in it: a preset of ProfileFactory.
            messy: whether its phones, dates and country are written in the many ways seen in the wild.
            error_code: `Code` of an error that says none. A guess: nobody documents a value.
            error_message: `Message` of an error that says none. A guess likewise.
            omit_empty: whether an empty `Profiles` or `Errors` is left out. A guess: nobody documents whether the
                service sends it empty.

        Returns:
            the exchange.

        Raises:
            InvalidRequest: an id breaks the pattern of ids, or the domain's name that of names.
            InvalidResponse: a dict breaks the model, or what it is about does not fit the rest.
            UsageError: a count is negative, the numbers do not add up, or more ids than one call takes.
        """
        wanted = {"profiles": profiles, "errors": errors, "left_out": left_out}

        def complete(row: Row, made: Profiles) -> dict[str, Any]:
            if row.kind == "profiles":
                return made.of(row)
            return _entry(row, {"Code": error_code, "Message": error_message})

        return self._exchange(
            "batch_get_profile",
            wanted,
            profile_ids,
            complete,
            names={"domain_name": domain_name},
            preset=preset,
            messy=messy,
            shuffle=shuffle,
            omit_empty=omit_empty,
        )

    def get_segment_membership(
        self,
        present: Wanted | None = None,
        absent: Wanted = 0,
        failures: Wanted = 0,
        *,
        profile_ids: Sequence[str] | None = None,
        left_out: int = 0,
        domain_name: str | None = None,
        segment_definition_name: str | None = None,
        shuffle: bool = False,
        preset: str = "typical",
        messy: bool = False,
        profile_when_present: bool = True,
        profile_when_absent: bool = False,
        failure_message: str = "Profile not found",
        failure_status: Any = 404,
        last_computed_at: Any = None,
        omit_empty: bool = False,
    ) -> GetSegmentMembershipExchange:
        """One consistent exchange of get_segment_membership.

        Args:
            present: the profiles in the segment: a count, or dicts. A dict is a Profile, or a ProfileQueryResult if it
                has QueryResult or Profile; with a ProfileId it is whole, without it is completed. None: what
                `profile_ids` leaves over, else 1.
            absent: the profiles that are not in the segment, likewise.
            failures: the ids that failed: a count, or dicts of `Failures`, whole or completed.
            profile_ids: the ids that are asked for, 1 to 100, none twice; None makes as many as are needed. Those
                present take the first ones, then those absent, then the failures, then what is left out.
            left_out: how many ids get no result. A guess: nobody documents whether the service does that.
            domain_name: the domain asked; None is "amazon-connect-example".
            segment_definition_name: the segment asked about; None is "segment-example".
            shuffle: whether the response lists its entries in another order than the request. A guess: nobody
                documents the order.
            preset: what a profile that is made or completed has in it: a preset of ProfileFactory.
            messy: whether its phones, dates and country are written in the many ways seen in the wild.
            profile_when_present: whether a PRESENT result brings its Profile. A guess: the model has it optional.
            profile_when_absent: whether an ABSENT result brings its Profile. A guess likewise.
            failure_message: `Message` of a failure that says none. A guess: nobody documents a text.
            failure_status: `Status` of a failure that says none, an int; OMIT leaves it out. A guess: nobody documents
                a value; for an internal failure 500 would fit.
            last_computed_at: `LastComputedAt`, a datetime with a time zone. None is a time in the day before
                2025-01-15, drawn from the seed: a guess, and nothing reads the clock. OMIT leaves it out.
            omit_empty: whether an empty `Profiles` or `Failures` is left out. A guess: nobody documents whether the
                service sends it empty.

        Returns:
            the exchange.

        Raises:
            InvalidRequest: an id breaks the pattern of ids, or a name that of names.
            InvalidResponse: a dict breaks the model, or what it is about does not fit the rest.
            UsageError: a count is negative, the numbers do not add up, or more ids than one call takes.
        """
        wanted = {"present": present, "absent": absent, "failures": failures, "left_out": left_out}
        _check_switches(profile_when_present=profile_when_present, profile_when_absent=profile_when_absent)
        shown = {"present": profile_when_present, "absent": profile_when_absent}

        def complete(row: Row, made: Profiles) -> dict[str, Any]:
            if row.kind == "failures":
                return _entry(row, {"Message": failure_message, "Status": failure_status})
            return _result(row, made, shown=shown[row.kind])

        return self._exchange(
            "get_segment_membership",
            wanted,
            profile_ids,
            complete,
            names={"domain_name": domain_name, "segment_definition_name": segment_definition_name},
            preset=preset,
            messy=messy,
            shuffle=shuffle,
            omit_empty=omit_empty,
            last_computed_at=last_computed_at,
        )

    def error(
        self,
        operation: str,
        code: str,
        message: str | None = None,
        *,
        request: Mapping[str, Any] | None = None,
        http_status_code: int | None = None,
        members: Mapping[str, Any] | None = None,
    ) -> Exchange:
        """One exchange that ends in an error: `error_exchange` with the rules left out and the seed of this assembler.

        Args:
            operation: as in `error_exchange`.
            code: as in `error_exchange`.
            message: as in `error_exchange`.
            request: as in `error_exchange`.
            http_status_code: as in `error_exchange`.
            members: as in `error_exchange`.

        Returns:
            the exchange; what else the assembler makes does not depend on how many errors it has made.

        Raises:
            InvalidRequest: as in `error_exchange`.
            InvalidResponse: as in `error_exchange`.
            UsageError: as in `error_exchange`.
        """
        with self._lock:
            exchange = error_exchange(
                operation,
                code,
                message,
                request=request,
                http_status_code=http_status_code,
                members=members,
                ignore=self._ignore,
                seed=f"{self._seed} error {self._failed}",
            )
            self._failed += 1
        return exchange

    def _exchange(
        self,
        operation: str,
        wanted: dict[str, Wanted | None],
        profile_ids: Sequence[str] | None,
        complete: _Complete,
        *,
        names: dict[str, str | None],
        preset: str,
        messy: bool,
        shuffle: bool,
        omit_empty: bool,
        last_computed_at: Any = OMIT,
    ) -> Exchange:
        from cp_fixtures.factories.making import check_preset  # noqa: PLC0415 - likewise
        from cp_fixtures.people.drawing import Chance  # noqa: PLC0415 - likewise
        from cp_fixtures.people.making import ID_BYTES, id_of  # noqa: PLC0415 - likewise

        _check_switches(messy=messy, shuffle=shuffle, omit_empty=omit_empty)
        check_preset(preset)
        with self._lock:
            draw = Chance(self._said("ids")).randbytes
            planned = rows(operation, wanted, profile_ids, lambda: id_of(draw(ID_BYTES)), self._ignore)
            request = request_for(operation, [row.profile_id for row in planned], **names)
            check_request_of(operation, request, self._ignore)
            outcomes = self._outcomes(operation, planned, complete, preset=preset, messy=messy, shuffle=shuffle)
            exchange = assemble(
                operation,
                request,
                outcomes,
                last_computed_at=self._time() if last_computed_at is None else _unless_omitted(last_computed_at),
                omit_empty=omit_empty,
                is_request_judged=True,
                ignore=self._ignore,
                seed=f"{self._seed} {self._made}",
            )
            self._made += 1
        return exchange

    def _outcomes(
        self,
        operation: str,
        planned: list[Row],
        complete: _Complete,
        *,
        preset: str,
        messy: bool,
        shuffle: bool,
    ) -> list[Outcome]:
        made = Profiles(self._factory(messy=messy), preset, operation)
        outcomes = [_outcome(row, made, complete) for row in planned]
        return shuffled(outcomes, self._random("order")) if shuffle else outcomes

    def _random(self, purpose: str) -> Random:
        return Random(self._said(purpose))

    def _said(self, purpose: str) -> str:
        return f"{self._seed} {self._made} {purpose}"

    def _factory(self, *, messy: bool) -> ProfileFactory:
        from cp_fixtures.factories import ProfileFactory  # noqa: PLC0415 - likewise

        # One for each exchange: what one is made of does not depend on how much the one before has drawn.
        return ProfileFactory(locale=self._locale, seed=self._said("people"), messy=messy, ignore=self._ignore)

    def _time(self) -> dt.datetime:
        return FIXED_DATE - dt.timedelta(seconds=self._random("time").randrange(86_400))


def _check_switches(**switches: object) -> None:
    for name, value in switches.items():
        if not isinstance(value, bool):
            raise UsageError(
                f"{name} is {clip(value)}.", "It is a switch, and Python takes any text for yes.", "Give True or False."
            )


def _unless_omitted(value: Any) -> Any:
    return None if value is OMIT else value


def _outcome(row: Row, made: Profiles, complete: _Complete) -> Outcome:
    argument, profile_id, given, is_whole = row
    kind = _KINDS[argument]
    if kind == "left_out":
        return Outcome(profile_id, kind)
    if given:
        if argument in ("present", "absent"):
            _check_is_of(row)
        elif is_whole:
            return Outcome(profile_id, kind, given)
    return Outcome(profile_id, kind, complete(row, made), kind == "found" and made.is_free(row))


def _check_is_of(row: Row) -> None:
    said = row.given.get("QueryResult")
    if isinstance(said, str) and said != row.kind.upper() and said.lower() in _KINDS:
        raise UsageError(
            f"An entry of {row.kind} has the QueryResult {said!r}.",
            "The argument says the result already.",
            f"Give it in {said.lower()}.",
        )


def _entry(row: Row, defaults: dict[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = merged({}, {**defaults, **row.given, "ProfileId": row.profile_id})
    return entry


def _result(row: Row, made: Profiles, *, shown: bool) -> dict[str, Any]:
    """A ProfileQueryResult: the caller's own, completed, or one made of the caller's profile, or of nothing."""
    is_result = bool(_RESULT_MEMBERS & row.given.keys())
    if is_result and row.is_whole:
        return row.given
    result: dict[str, Any] = {"ProfileId": row.profile_id, "QueryResult": row.kind.upper()}
    if not row.given:
        return {**result, "Profile": made.of(row)} if shown else result
    if row.is_whole:
        return {**result, "Profile": row.given} if shown or len(row.given) > 1 else result
    said: dict[str, Any] = row.given if is_result else {"Profile": row.given}
    profile = said.get("Profile", {} if shown else OMIT)
    if isinstance(profile, dict) and "ProfileId" not in profile:
        profile = made.completed(row, profile)
    completed: dict[str, Any] = merged({}, {**result, **said, "Profile": profile})
    return completed
