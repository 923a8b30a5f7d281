"""What it costs to hold a full response of 20 profiles to the service model. Run it: python benchmarks/validation.py.

Every validator first meets the same list of responses with one fault each, and one with two faults: its note says
what it does not find.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from botocore.validate import ParamValidator
from schemas import json_schema, msgspec_type, pydantic_core_schema
from side_by_side import Way, asked, cannot, peer

from cp_fixtures import stubbed, validate
from cp_fixtures.cases import invalid_responses
from cp_fixtures.service import operation_model
from cp_fixtures.shapes import nodes

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures import Exchange

_OPERATION = "batch_get_profile"
_OURS, _PARAM_VALIDATOR, _FAST = "cp_fixtures", "botocore's ParamValidator", "fastjsonschema"
# What shows only beside the request, or between one id and another: none of the others has words for it.
_OF_IDS = {"outcome_missing", "outcome_unasked", "outcome_twice", "echo", "nested_id"}
_METADATA = {"RequestId": "0", "HTTPStatusCode": 200, "HTTPHeaders": {}, "RetryAttempts": 0}
_PEERS = ("jsonschema", "fastjsonschema", "jsonschema-rs", "pydantic", "pydantic-core", "msgspec")
_MODELS = "aws-resource-validator-customer-profiles"


class Validator(NamedTuple):
    """A way to hold a response to the model: it gives the number of faults that it finds, or raises."""

    name: str
    faults: Callable[[Any], int]


def main() -> None:
    """Compare."""
    words = "What does it cost to hold a full response of 20 profiles to the service model?"
    with asked("validation", words, peers=[*_PEERS, _MODELS]) as question:
        with stubbed(assert_all_used=False) as stubber:
            exchange = stubber.add_batch_get_profile(20, preset="full")
        legal = body(exchange.response)
        faulty, twice = single_faults(), with_two_faults(legal)
        every = [param_validator(), ours(), *by_json_schema(), *by_types()]
        ways = [way(each, legal, faulty, twice) for each in every]
        ways += [
            cannot(name, "it is not installed")
            for name in (*_PEERS[:3], *_PEERS[4:], _MODELS)
            if name not in {each.name for each in every}
        ]
        ways.append(Way(f"{_OURS}, and to its request", lambda: against_its_request(exchange)))
        measured = question.compare("a legal response of 20 full profiles", ways, rounds=60)
        question.bar("to ParamValidator, which does less", measured.ratio(_OURS, _PARAM_VALIDATOR), most=0.13)
        if _FAST in measured.times:
            question.bar("to fastjsonschema, which does less", measured.ratio(_OURS, _FAST), most=1)


def single_faults() -> list[Any]:
    """Responses with one fault each, that shows without their request."""
    every = [case for case in invalid_responses(_OPERATION) if case.violation and case.violation.rule not in _OF_IDS]
    return [body(case.value.response) for case in every]


def body(response: Any) -> Any:
    """A response without what botocore adds to it."""
    return {name: value for name, value in response.items() if name != "ResponseMetadata"}


def with_two_faults(response: Any) -> Any:
    """A response with two of them, that every validator finds."""
    response = copy.deepcopy(response)
    response["Profiles"][0]["FirstName"] = response["Profiles"][1]["LastName"] = 5
    return response


def way(validator: Validator, legal: Any, faulty: list[Any], twice: Any) -> Way:
    """The work, with a note on what the validator does not find; it must find nothing in what is legal."""
    assert validator.faults(legal) == 0, validator.name
    found = sum(finds(validator, each) for each in faulty)
    less = [f"finds {found} of {len(faulty)} single faults"] if found < len(faulty) else []
    less += ["tells the first fault only"] if validator.faults(twice) < 2 else []
    return Way(validator.name, lambda: validator.faults(legal), f"does less: {'; '.join(less)}" if less else "")


def finds(validator: Validator, value: Any) -> bool:
    """Whether it finds a fault; to give up on a value, with whatever exception, will do."""
    try:
        return validator.faults(value) > 0
    except Exception:  # noqa: BLE001 - every library has its own, for what its language has no words for
        return True


def ours() -> Validator:
    """This package's."""
    return Validator(_OURS, lambda value: len(validate(_OPERATION, value)))


def against_its_request(exchange: Exchange) -> None:
    """This package's, with the rules on what belongs to what, which no other has."""
    assert not validate(_OPERATION, exchange.response, request=exchange.request)


def param_validator() -> Validator:
    """What botocore's Stubber holds a response to."""
    shape = operation_model(_OPERATION).output_shape
    validator: Any = ParamValidator()

    def faults(value: Any) -> int:
        report = validator.validate(value, shape)
        return len(report.generate_report().splitlines()) if report.has_errors() else 0

    return Validator(_PARAM_VALIDATOR, faults)


def by_json_schema() -> list[Validator]:
    """Those who read a JSON schema, as far as they are installed."""
    schema = json_schema(_output())
    made: list[Validator] = []
    if jsonschema := peer("jsonschema"):
        each = jsonschema.Draft202012Validator(schema)
        made.append(Validator("jsonschema", lambda value: sum(1 for _ in each.iter_errors(value))))
    if fast := peer("fastjsonschema"):
        made.append(Validator(_FAST, counting(fast.compile(schema), fast.JsonSchemaException, lambda _: 1)))
    if rust := peer("jsonschema_rs"):
        compiled = rust.validator_for(schema)
        made.append(Validator("jsonschema-rs", lambda value: sum(1 for _ in compiled.iter_errors(value))))
    return made


def by_types() -> list[Validator]:
    """Those who hold a value to a type, as far as they are installed."""
    made: list[Validator] = []
    if core := peer("pydantic_core"):
        validator = core.SchemaValidator(pydantic_core_schema(core.core_schema, _output()))
        count = counting(validator.validate_python, core.ValidationError, lambda error: error.error_count())
        made.append(Validator("pydantic-core", count))
    if msgspec := peer("msgspec"):
        kind = msgspec_type(msgspec, _output())
        convert = counting(lambda value: msgspec.convert(value, kind), msgspec.ValidationError, lambda _: 1)
        made.append(Validator("msgspec", convert))
    if models := peer("aws_resource_validator.pydantic_models.customer_profiles.customer_profiles_classes"):
        model = models.BatchGetProfileResponseTypeDef.model_validate
        check = counting(
            lambda value: model({**value, "ResponseMetadata": _METADATA}),
            peer("pydantic_core").ValidationError,
            lambda error: error.error_count(),
        )
        made.append(Validator(_MODELS, check))
    return made


def counting(check: Callable[[Any], object], kind: Any, number: Callable[[Any], int]) -> Callable[[Any], int]:
    """A check that raises, as one that counts."""

    def faults(value: Any) -> int:
        try:
            check(value)
        except kind as error:
            return number(error)
        return 0

    return faults


def _output() -> Any:
    return nodes().output(_OPERATION)


if __name__ == "__main__":
    main()
