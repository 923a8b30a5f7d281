"""Domain: what a test says of a world, and what any call then gets."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from cp_fixtures.domain.answering import ANSWERS
from cp_fixtures.domain.checks import (
    as_profile,
    as_profiles,
    check_count,
    check_name,
    checked_refusal,
    error_of,
    held_in,
)
from cp_fixtures.domain.complaining import complaint
from cp_fixtures.domain.filling import begun, fill
from cp_fixtures.domain.habits import Habits
from cp_fixtures.domain.many import Domains
from cp_fixtures.domain.replies import Missing, Reply, Unfit
from cp_fixtures.domain.segments import Segment
from cp_fixtures.domain.state import Fault, SegmentState, Snapshot
from cp_fixtures.domain.world import World
from cp_fixtures.domain.writing import write
from cp_fixtures.errors import UsageError, clip, unknown_name
from cp_fixtures.exchanges import DOMAIN_NAME, Exchange, copied
from cp_fixtures.shapes import nodes

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cp_fixtures.errors import Violation
    from cp_fixtures.types import Profile

__all__ = ["Domain"]

_OPERATIONS = (*ANSWERS, "list_domains")


class Domain:
    """A Customer Profiles domain in memory: profiles and segments, from which any call is answered, in any order.

    It knows batch_get_profile, get_segment_membership, search_profiles, create_profile, update_profile, delete_profile,
    list_segment_definitions, get_segment_definition, create_segment_definition, get_domain and list_domains. Many
    threads may use one.

    What nobody documents of the service is an option, and its default a guess. Guesses without one: that a search finds
    by the attribute `x` under the key `_x` too, and by nothing but whole values; that a preference which names another
    profile is a bad request; that a created segment has nobody in it; and the words of all errors.

    Args:
        name: the name of the domain, 1 to 64 letters, digits, hyphens and underscores.
        seed: what made-up people and times come from, an int or a str.
        locale: the locale of the people, one of Faker's, such as "en_US".
        unknown_ids: what becomes of an id that is not there: "refused", or "left_out" of the response.
        error_code: `Code` of the error for such an id, in batch_get_profile.
        error_message: and its `Message`.
        failure_message: `Message` of the failure for such an id, in get_segment_membership.
        failure_status: and its `Status`, an int; OMIT leaves it out.
        profile_when_present: whether a PRESENT result brings its Profile.
        profile_when_absent: whether an ABSENT result brings its Profile.
        found_by_items: whether what a search finds says by which keys.
        ignore_case: whether a search finds `Ana` by `ana`.
        shuffle: whether the two operations that ask for ids answer in another order than they are asked.
        omit_empty: whether they leave an empty list out.
        last_computed_at: `LastComputedAt`, a datetime with a time zone; None is a time in the 24 hours before the noon
            of 2025-01-15, drawn from the seed; OMIT leaves it out.
        bad_requests: what becomes of a call that breaks the model: it ends in BadRequestException, and is "noted" for
            the verdict too; or "answered" so alone.

    Raises:
        InvalidRequest: the name is none that a domain can have.
        InvalidResponse: no answer could say what an option says.
        UsageError: an option cannot have such a value.
    """

    def __init__(
        self,
        name: str = DOMAIN_NAME,
        *,
        seed: int | str = 0,
        locale: str = "en_US",
        unknown_ids: Literal["refused", "left_out"] = "refused",
        error_code: str = "ResourceNotFoundException",
        error_message: str = "Profile not found",
        failure_message: str = "Profile not found",
        failure_status: Any = 404,
        profile_when_present: bool = True,
        profile_when_absent: bool = False,
        found_by_items: bool = True,
        ignore_case: bool = True,
        shuffle: bool = False,
        omit_empty: bool = False,
        last_computed_at: Any = None,
        bad_requests: Literal["noted", "answered"] = "noted",
    ) -> None:
        check_name("get_domain", "DomainName", name)
        habits = Habits(
            unknown_ids=unknown_ids,
            error_code=error_code,
            error_message=error_message,
            failure_message=failure_message,
            failure_status=failure_status,
            profile_when_present=profile_when_present,
            profile_when_absent=profile_when_absent,
            found_by_items=found_by_items,
            ignore_case=ignore_case,
            shuffle=shuffle,
            omit_empty=omit_empty,
            last_computed_at=last_computed_at,
            bad_requests=bad_requests,
        )
        self._world = World(name, seed, locale, habits)

    @property
    def name(self) -> str:
        """The name of the domain."""
        return self._world.name

    @property
    def notes_bad_requests(self) -> bool:
        """Whether a call that breaks the model is told in the verdict too."""
        return self._world.habits.bad_requests == "noted"

    def put(self, profile: Mapping[str, Any] | None = None, /, *, preset: str = "typical", **overrides: Any) -> str:
        """Take a profile in, in the place of the one with its id if there is one.

        Args:
            profile: members of it: with a ProfileId it is whole and taken as it is, without it is completed.
            preset: what a completed profile has: a preset of ProfileFactory.
            **overrides: further members, by name or path, as ProfileFactory takes them.

        Returns:
            its id.

        Raises:
            InvalidResponse: it breaks the model; nothing has changed then, nor below.
            UsageError: no such preset or member, or what is to be completed breaks the model; or it is no dict.
        """
        given = {} if profile is None else as_profile(profile)
        with self._world.lock:
            return self._world.take(given, preset, overrides)

    def put_many(
        self, profiles: int | Iterable[Mapping[str, Any]], *, preset: str = "typical", **overrides: Any
    ) -> list[str]:
        """Take several profiles in.

        Args:
            profiles: how many are made up, or each of them, as in `put`.
            preset: as in `put`.
            **overrides: as in `put`, for each of them.

        Returns:
            their ids, in order.

        Raises:
            InvalidResponse: one breaks the model; none is taken then.
            UsageError: as in `put`, or there cannot be so many.
        """
        given = profiles if isinstance(profiles, int) else as_profiles(profiles)
        with self._world.lock, self._all_or_nothing():
            if isinstance(given, int):
                return [self._world.put(each) for each in self._world.made_up(given, preset, overrides)]
            return [self._world.take(each, preset, overrides) for each in given]

    def get(self, profile_id: str) -> Profile:
        """A copy of a profile.

        Raises:
            UsageError: there is none with that id.
        """
        with self._world.lock:
            self._check_is_there(profile_id)
            found: Profile = copied(self._world.state.profiles[profile_id])
            return found

    def remove(self, profile_id: str) -> None:
        """Let a profile go, from every segment too.

        Raises:
            UsageError: there is none with that id.
        """
        with self._world.lock:
            self._check_is_there(profile_id)
            self._world.remove(profile_id)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all profiles, in the order in which they came."""
        with self._world.lock:
            return tuple(self._world.state.profiles)

    def __len__(self) -> int:
        return len(self._world.state.profiles)

    def __contains__(self, profile_id: object) -> bool:
        return isinstance(profile_id, str) and profile_id in self._world.state.profiles

    def __repr__(self) -> str:
        return f"<Domain {self.name} with {len(self)} profile{'' if len(self) == 1 else 's'}>"

    def segment(self, name: str) -> Segment:
        """The segment of a name, 1 to 64 letters, digits, hyphens and underscores; made if there is none.

        Raises:
            InvalidRequest: the name is none that a segment can have.
        """
        check_name("get_segment_definition", "SegmentDefinitionName", name)
        with self._world.lock:
            self._world.state.segments.setdefault(name, SegmentState())
        return Segment(name, lambda: self._world.state, self._world.lock)

    def refuse(
        self, profile_id: str, *, code: str = "InternalServerException", message: str | None = None, status: Any = 500
    ) -> None:
        """Let an id always fail, whether there is such a profile or not.

        Args:
            profile_id: the id.
            code: `Code` of the error in batch_get_profile. A guess, like the others: nobody documents a value.
            message: `Message` of the error, and of the failure in get_segment_membership; None fits the code.
            status: `Status` of the failure, an int; None for none.

        Raises:
            InvalidRequest: no call can ask for such an id.
            InvalidResponse: no answer can say this of it.
        """
        refusal = checked_refusal(profile_id, code=code, status=status, message=message)
        with self._world.lock:
            self._world.state.refusals[profile_id] = refusal

    def throttle(self, every: int) -> None:
        """Answer one call in so many with ThrottlingException, whatever it asks.

        Args:
            every: 1 for each call, 3 for every third; 0 for none.

        Raises:
            UsageError: it is no such number.
        """
        check_count("every", every, 0, "One call in so many is throttled.")
        with self._world.lock:
            self._world.state.every, self._world.state.calls = every, 0

    def fail_next(self, operation: str, error: str | Exchange, *, times: int = 1) -> None:
        """Answer the next calls of an operation with an error, whatever they ask; on a wire, each with all its tries.

        Where no call meets it, the verdict tells, as of a stub that is not used.

        Args:
            operation: the operation, as boto3 spells its method.
            error: the code of an error that the model lists for it, or an Exchange with any other.
            times: how many calls, 1 or more.

        Raises:
            UsageError: no such operation, or it is not one that the domain answers; no such error; no such number.
        """
        if operation not in _OPERATIONS:
            nodes().input(operation)
            raise unknown_name("operation of a domain", operation, _OPERATIONS)
        check_count("times", times, 1, "It counts the calls that fail.")
        made = error_of(operation, error)
        with self._world.lock:
            self._world.state.faults.append(Fault(operation, made, times))

    def snapshot(self) -> Snapshot:
        """What the domain holds now, for `rollback`."""
        with self._world.lock:
            return Snapshot(self._world, self._world.state.copy())

    def rollback(self, snapshot: Snapshot) -> None:
        """Hold again what it held; a snapshot can be gone back to any number of times.

        Raises:
            UsageError: it is no snapshot of this domain.
        """
        state = held_in(snapshot, self, self._world)
        with self._world.lock:
            self._world.state = state.copy()

    @contextmanager
    def preserved(self) -> Iterator[Domain]:
        """For a block, whatever is done to the domain; afterwards it holds what it held before."""
        snapshot = self.snapshot()
        try:
            yield self
        finally:
            self.rollback(snapshot)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Domain:
        """The domain that a file holds, every record checked.

        Args:
            path: the file that `dump` wrote, or one like it: `.jsonl` and `.ndjson` are JSON Lines, all else is JSON.

        Raises:
            InvalidResponse: records break the model; every violation is listed, with its line.
            UsageError: it is no such file, or a record does not fit the others; its line is named.
            OSError: Python's own, where the file cannot be read.
        """
        domain, rest = begun(cls, path)
        fill(domain._world, rest)  # noqa: SLF001 - of our own class
        return domain

    def dump(self, path: str | os.PathLike[str]) -> None:
        """Write all that the domain holds to a file; who belongs to a segment by a predicate is written as a member.

        The calls that are to fail, `throttle` and `fail_next`, are not written.

        Args:
            path: the file: `.jsonl` and `.ndjson` are JSON Lines, anything else is JSON.
        """
        write(self._world, path)

    def answer(self, operation: str, params: dict[str, Any], *, ignore: Iterable[str] = ()) -> Exchange | None:
        """The answer to a call.

        Args:
            operation: the operation, as boto3 spells its method.
            params: its parameters, as they are sent; legal ones.
            ignore: codes of rules that the answer is not held to.

        Returns:
            the exchange; None where a domain does not know the operation.
        """
        if operation == "list_domains":
            return Domains([self]).answer(operation, params, ignore=ignore)
        if operation not in ANSWERS:
            return None
        reply = Reply(frozenset(ignore))
        try:
            return self._answer(operation, params, reply)
        except Missing as problem:
            return reply.error(operation, params, "ResourceNotFoundException", str(problem))
        except Unfit as problem:
            return reply.error(operation, params, "BadRequestException", str(problem))

    def _answer(self, operation: str, params: dict[str, Any], reply: Reply) -> Exchange:
        if params.get("DomainName") != self.name:
            raise Missing(f"DomainName {params.get('DomainName')} is not found in account 123456789012")
        return self.failure(operation, params) or ANSWERS[operation](self._world, params, reply)

    def failure(self, operation: str, params: dict[str, Any]) -> Exchange | None:
        """The error that a call is to end in by `fail_next` or `throttle`, which count it; None where it is not.

        Args:
            operation: the operation.
            params: its parameters, as they are sent.
        """
        with self._world.lock:
            error = self._world.next_error(operation)
        return None if error is None else Exchange(operation, request=params, error=error, unchecked=True)

    def refusal(self, operation: str, params: dict[str, Any], violations: Sequence[Violation]) -> Exchange | None:
        """The BadRequestException for a call that breaks the model; None where a domain does not know the operation.

        Args:
            operation: the operation.
            params: its parameters, as they are sent.
            violations: what is wrong with them.
        """
        if operation not in _OPERATIONS:
            return None
        message = complaint(nodes().input(operation), violations)
        return Reply().error(operation, params, "BadRequestException", message)

    def beside(self, others: Domains | None) -> Domains:
        """This domain, with others that a test has already; of two with one name this one counts."""
        return (others or Domains()).plus(self)

    def unmet(self) -> list[str]:
        """What is to fail by `fail_next`, and no call has met, in words for the verdict; each is told once."""
        with self._world.lock:
            return self._world.unmet()

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        before = self._world.state.copy()
        try:
            yield
        except BaseException:
            self._world.state = before
            raise

    def _check_is_there(self, profile_id: object) -> None:
        if profile_id not in self:
            raise UsageError(
                f"The domain has no profile {clip(profile_id)}.",
                f"There are {len(self)}, and none has that id.",
                "Give an id that put() gave.",
            )
