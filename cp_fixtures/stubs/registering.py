"""The registering methods, the log and the verdict: what every delivery offers to the test that uses it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeVar

from cp_fixtures.callers import warn_caller
from cp_fixtures.errors import InvalidRequest, InvalidResponse, RequestWarning, UsageError, clip
from cp_fixtures.exchanges import Assembler, Exchange, asked, check_wanted, copied
from cp_fixtures.options import Options
from cp_fixtures.service import SERVICE
from cp_fixtures.shapes import nodes, nodes_of
from cp_fixtures.stubs.asserting import Asserting
from cp_fixtures.stubs.checks import check_is_dict, check_is_exchange, check_options, one_request
from cp_fixtures.stubs.registry import Registry
from cp_fixtures.stubs.stub import Meets, Stub, Uses
from cp_fixtures.stubs.verdict import complaints
from cp_fixtures.types import BatchGetProfileOptions, GetSegmentMembershipOptions
from cp_fixtures.validation import as_sent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from botocore.client import BaseClient
    from typing_extensions import Unpack

    from cp_fixtures.exchanges import BatchGetProfileExchange, GetSegmentMembershipExchange, Wanted
    from cp_fixtures.shapes import Node

__all__ = ["Registering"]

_FIRST = threading.Lock()
_USUAL_LOCALE = Options().locale

_Exchange = TypeVar("_Exchange", bound="Exchange")


class Registering(Asserting):
    """Registers exchanges, keeps the log of the calls, and gives the verdict.

    Args:
        client: the client that is answered; of any service, though what is made up is for Customer Profiles alone.
        options: how strict it is, and where its data come from.
    """

    # botocore makes a client's methods at run time: as a BaseClient it would have none of them for a type checker.
    client: Any

    def _set_up(self, client: BaseClient, options: Options) -> None:
        self.client = client
        self.registry = Registry(options)
        self._service = str(client.meta.service_model.service_name)
        # The installed model is the truth about our service, whatever the client was made from.
        self._nodes = nodes() if self._service == SERVICE else nodes_of(client.meta.service_model)
        self._domain_name: str | None = None
        # One with other people is made at once: it says so where there is no such locale.
        self._made = None if options.locale == _USUAL_LOCALE else _assembler(options)

    @property
    def _assembler(self) -> Assembler:
        # One for all threads: it gives each call ids of its own.
        with _FIRST:
            if self._made is None:
                self._made = _assembler(self.registry.options)
            return self._made

    def add_batch_get_profile(
        self,
        profiles: Wanted | None = None,
        errors: Wanted = 0,
        *,
        times: int | None = 1,
        optional: bool = False,
        attempts: Sequence[Meets] = (),
        ids_in_order: bool = False,
        **options: Unpack[BatchGetProfileOptions],
    ) -> BatchGetProfileExchange:
        """Register one call of batch_get_profile; stands for `add_exchange` of what the arguments make.

        Args:
            profiles: the profiles found: a count, or dicts, whole or to be completed.
            errors: the ids refused: a count, or dicts of `Errors`.
            times: how often it answers, 1 or more; None for always.
            optional: whether it is all right if no call uses it.
            attempts: what each try of a call meets before this, for a wire alone: see `CustomerProfilesWire`.
            ids_in_order: whether the ids of the call have to come in this order.
            **options: profile_ids (1 to 20), left_out, domain_name, shuffle, preset, messy, error_code, error_message,
                omit_empty. `exchanges.Assembler.batch_get_profile` explains them, and the first two arguments.

        Returns:
            the exchange, whose `request` is what the code has to ask for, and whose `response` is what it gets.

        Raises:
            InvalidRequest: an id or a name is none that the service takes.
            InvalidResponse: a dict breaks the model, or does not fit the rest.
            UsageError: what is asked for cannot be made, or there is no such option.
        """
        uses = Uses(times=times, optional=optional, ids_in_order=ids_in_order, attempts=attempts)
        self._check_is_ours("batch_get_profile")
        self.registry.options.note_draw()
        check_options(self.add_batch_get_profile, options, BatchGetProfileOptions)
        named: BatchGetProfileOptions = {"domain_name": self._domain_name, **options}
        return self._register(self._assembler.batch_get_profile(profiles, errors, **named), uses)

    def add_get_segment_membership(
        self,
        present: Wanted | None = None,
        absent: Wanted = 0,
        failures: Wanted = 0,
        *,
        times: int | None = 1,
        optional: bool = False,
        attempts: Sequence[Meets] = (),
        ids_in_order: bool = False,
        **options: Unpack[GetSegmentMembershipOptions],
    ) -> GetSegmentMembershipExchange:
        """Register one call of get_segment_membership; stands for `add_exchange` of what the arguments make.

        Args:
            present: the profiles in the segment: a count, or dicts, whole or to be completed.
            absent: the profiles that are not in it, likewise.
            failures: the ids that failed: a count, or dicts of `Failures`.
            times: how often it answers, 1 or more; None for always.
            optional: whether it is all right if no call uses it.
            attempts: what each try of a call meets before this, for a wire alone: see `CustomerProfilesWire`.
            ids_in_order: whether the ids of the call have to come in this order.
            **options: profile_ids (1 to 100), left_out, domain_name, segment_definition_name, shuffle, preset, messy,
                profile_when_present, profile_when_absent, failure_message, failure_status, last_computed_at,
                omit_empty. `exchanges.Assembler.get_segment_membership` explains them, and the first three arguments.

        Returns:
            the exchange, whose `request` is what the code has to ask for, and whose `response` is what it gets.

        Raises:
            InvalidRequest: an id or a name is none that the service takes.
            InvalidResponse: a dict breaks the model, or does not fit the rest.
            UsageError: what is asked for cannot be made, or there is no such option.
        """
        uses = Uses(times=times, optional=optional, ids_in_order=ids_in_order, attempts=attempts)
        self._check_is_ours("get_segment_membership")
        self.registry.options.note_draw()
        check_options(self.add_get_segment_membership, options, GetSegmentMembershipOptions)
        named: GetSegmentMembershipOptions = {"domain_name": self._domain_name, **options}
        return self._register(self._assembler.get_segment_membership(present, absent, failures, **named), uses)

    def add_error(
        self,
        operation: str,
        code: str,
        message: str | None = None,
        *,
        profile_ids: Sequence[str] | None = None,
        domain_name: str | None = None,
        segment_definition_name: str | None = None,
        request: Mapping[str, Any] | None = None,
        http_status_code: int | None = None,
        members: Mapping[str, Any] | None = None,
        times: int | None = 1,
        optional: bool = False,
        attempts: Sequence[Meets] = (),
    ) -> Exchange:
        """Register a call that ends in an error; without ids and without a request, whatever the call asks.

        Args:
            operation: the operation, as boto3 spells its method.
            code: the error's code, such as "ThrottlingException".
            message: the error's message; None is one of the kind that the service gives.
            profile_ids: the ids of the call that it answers, for the two operations that ask for ids.
            domain_name: the domain of that call; None is that of `answer_from`, or "amazon-connect-example".
            segment_definition_name: the segment of that call; None is "segment-example".
            request: all keyword arguments of the call that it answers, for any operation, in place of the three above.
            http_status_code: the HTTP status, 300 to 599; None is the model's. It has to be given for a code that the
                model does not list for the operation.
            members: further members of the error's shape.
            times: how often it answers, 1 or more; None for always.
            optional: whether it is all right if no call uses it.
            attempts: what each try of a call meets before this, for a wire alone: see `CustomerProfilesWire`.

        Returns:
            the exchange.

        Raises:
            InvalidRequest: the service would refuse the request.
            InvalidResponse: a member or the status breaks the model.
            UsageError: no such operation or error, or the request is given in two ways.
        """
        uses = Uses(times=times, optional=optional, attempts=attempts)
        self._check_is_ours(operation)
        names = {"domain_name": domain_name, "segment_definition_name": segment_definition_name}
        request = one_request(operation, request, profile_ids, names)
        if profile_ids is not None and domain_name is None and self._domain_name is not None:
            request = {**(request or {}), "DomainName": self._domain_name}
        made = self._assembler.error(
            operation, code, message, request=request, http_status_code=http_status_code, members=members
        )
        return self._register(made, uses)

    def add_exchange(
        self,
        exchange: _Exchange,
        *,
        times: int | None = 1,
        optional: bool = False,
        ids_in_order: bool = False,
        attempts: Sequence[Meets] = (),
    ) -> _Exchange:
        """Register an exchange: the door that every other registering method ends in.

        Args:
            exchange: the exchange; one without a request answers any request of its operation.
            times: how often it answers, 1 or more; None for always.
            optional: whether it is all right if no call uses it.
            attempts: what each try of a call meets before this, for a wire alone: see `CustomerProfilesWire`.
            ids_in_order: whether the ids of the call have to come in its order.

        Returns:
            the same exchange.

        Raises:
            UsageError: it is no exchange, or one of another service than the client's.
        """
        uses = Uses(times=times, optional=optional, ids_in_order=ids_in_order, attempts=attempts)
        check_is_exchange(exchange)
        if exchange.service != self._service:
            raise UsageError(
                f"This is an exchange of {exchange.service}.",
                f"The client is one of {self._service}, and would never ask for it.",
                "Register it on a stubber of its own client.",
            )
        return self._register(exchange, uses)

    def add_callable(
        self,
        operation: str,
        answer: Callable[[dict[str, Any]], Exchange | dict[str, Any]],
        *,
        request: Mapping[str, Any] | None = None,
        times: int | None = 1,
        optional: bool = False,
        attempts: Sequence[Meets] = (),
    ) -> None:
        """Register a function that answers: it gets the parameters of the call.

        What it gives is checked as an exchange is, where strict is True; the rules of `ignore` are left out.

        Args:
            operation: the operation, as boto3 spells its method.
            answer: gets a copy of the parameters; gives the response, a dict, or an Exchange; or raises a ClientError,
                or an error of botocore's for a broken connection, such as ReadTimeoutError. What else it raises is
                told in the verdict, even where the code under test swallows it.
            request: the keyword arguments of the call that it answers; None for any call of the operation.
            times: how often it answers, 1 or more; None for always.
            optional: whether it is all right if no call uses it.
            attempts: what each try of a call meets before this, for a wire alone: see `CustomerProfilesWire`.

        Raises:
            InvalidRequest: the service would refuse the request; only warned of where strict is "warn".
            UsageError: no such operation, the answer cannot be called, or the request is no dict.
        """
        uses = Uses(times=times, optional=optional, attempts=attempts)
        self._nodes.input(operation)
        if not callable(answer):
            raise UsageError(
                f"This cannot be called: {clip(answer)}.",
                "It is to make the answer.",
                "Give a function of the parameters.",
            )

        def reply(params: dict[str, Any]) -> Exchange:
            # A copy for the function alone: the exchange has the parameters as they were sent.
            made = answer(copied(params))
            if isinstance(made, Exchange):
                return made
            options = self.registry.options
            return Exchange(
                operation,
                request=params,
                response=made,
                service=self._service,
                ignore=options.ignore,
                unchecked=options.strict is not True,
            )

        wanted = self._wanted(operation, "request", request)
        name = getattr(answer, "__qualname__", type(answer).__qualname__)
        title = f"{operation}{asked(wanted)}: what {name} makes"
        prepared = self._prepared(operation, None, uses.attempts)
        self.registry.add(
            Stub(operation=operation, wanted=wanted, reply=reply, title=title, uses=uses, prepared=prepared)
        )

    @property
    def violations(self) -> tuple[str, ...]:
        """What the verdict would say now, a text for each group of what cannot be right."""
        registry = self.registry
        return tuple(complaints(registry.options, registry.calls, registry.stubs))

    def judge(self) -> None:
        """Give the verdict on the calls and the stubs on which none has been given yet.

        Raises:
            VerdictError: something cannot be right, and its check is not switched off; all of it is told.

        Warns:
            RequestWarning: where strict is "warn", for requests that the service would refuse.
        """
        __tracebackhide__ = True
        self.registry.judge()

    def _wanted(self, operation: str, name: str, request: Any) -> dict[str, Any] | None:
        """The request that a stub is to answer, as it is sent; of our service it is one that can come."""
        if request is None:
            return None
        check_is_dict(name, request)
        sent: dict[str, Any] = as_sent(self._nodes.input(operation), copied(request))
        options = self.registry.options
        if self._service == SERVICE and options.strict:
            try:
                check_wanted(operation, sent, ignore=options.ignore)
            except InvalidRequest as problem:
                self._report(problem)
        return sent

    def _report(self, problem: InvalidRequest | InvalidResponse) -> None:
        """Raise what breaks the model; where strict is "warn", warn of it."""
        if self.registry.options.strict != "warn":
            raise problem
        warn_caller(str(problem), RequestWarning)

    def _known(self, operation: str) -> Node | None:
        return self._nodes.input(operation)

    def _check_is_ours(self, operation: str) -> None:
        if self._service != SERVICE:
            raise UsageError(
                f"The client is one of {self._service}.",
                f"What is made up here, {operation} for one, is for {SERVICE}.",
                "Use add_response or add_client_error, which serve any client.",
            )

    def _register(self, exchange: _Exchange, uses: Uses) -> _Exchange:
        self.registry.add(
            Stub(
                operation=exchange.operation,
                wanted=exchange.request,
                reply=lambda _params: exchange,
                title=exchange,
                uses=uses,
                prepared=self._prepared(exchange.operation, exchange, uses.attempts),
            )
        )
        return exchange

    def _prepared(self, operation: str, exchange: Exchange | None, attempts: Sequence[Meets]) -> Any:  # noqa: ARG002 - for the wire
        """What the delivery keeps with a stub; where it cannot deliver the stub, it says so."""
        if attempts:
            raise UsageError(
                f"attempts is {clip(attempts)}.",
                f"A stubber answers a call of {operation} before anything is sent, so that there is one try only.",
                "Ask for cp_wire in place of cp_stubber, or write stubbed(wire=True).",
            )
        return None


def _assembler(options: Options) -> Assembler:
    return Assembler(seed=options.data_seed, locale=options.locale, ignore=options.ignore)
