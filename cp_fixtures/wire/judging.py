"""What was sent, held to the model and to what the call asked for."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import Refused, Violation, Words, listed
from cp_fixtures.shapes import nodes
from cp_fixtures.stubs import differences, how_to_switch_off
from cp_fixtures.validation import find_in_request
from cp_fixtures.wire.reading import Unreadable, params_of

if TYPE_CHECKING:
    from cp_fixtures.options import Options
    from cp_fixtures.stubs import Call

__all__ = ["judge"]

_PLACE = (Words("the HTTP request"),)


def judge(calls: tuple[Call, ...], request: tuple[str, str, bytes], options: Options) -> None:
    """Refuse a request that is not what its call asked for: a handler has changed it on its way.

    Args:
        calls: the call, in each log that has it.
        request: the method, the URL and the body, as they were sent.
        options: how strict it is.

    Raises:
        Refused: the service would refuse it, or it asks for something else; not where strict is False or "warn".
    """
    if not options.strict:
        return
    call = calls[0]
    found = [each for each in _violations(call, *request) if each.rule not in options.ignore]
    # What the call itself breaks has been told.
    found = [each for each in found if each not in call.violations]
    if not found:
        return
    for each in calls:
        each.violations = (*each.violations, *(new for new in found if new not in each.violations))
    if options.strict != "warn":
        for each in calls:
            each.fate = "refused"
        raise Refused(
            operation_name=call.operation,
            reason=(
                f"What was sent is not what {call} asked for:\n{listed(found)}\n"
                "A handler has changed the request after botocore had made it. Correct the handler, or switch the "
                f"check off: {how_to_switch_off('strict=False')}."
            ),
        )


def _violations(call: Call, method: str, url: str, body: bytes) -> list[Violation]:
    node = nodes().input(call.operation)
    try:
        params = params_of(call.operation, method, url, body)
    except Unreadable as problem:
        return [Violation(_PLACE, "type", problem.wanted, problem.got)]
    found = find_in_request(node, params)
    if params == call.params:
        # To look for differences would take longer than to see so that there are none.
        return found
    return [*found, *differences(node, _to_the_second(call.params), _to_the_second(params))]


def _to_the_second(value: Any) -> Any:
    """The value, with its timestamps as precise as every botocore sends them."""
    if isinstance(value, dict):
        return {name: _to_the_second(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_to_the_second(item) for item in value]
    return value.replace(microsecond=0) if isinstance(value, dt.datetime) else value
