"""What the first use costs in a process that has imported nothing yet. Run it: python benchmarks/first_use.py.

Each round is a new Python, which tells how long it took itself, from its first import on.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from processes import printed
from side_by_side import Way, asked

if TYPE_CHECKING:
    from collections.abc import Callable

_AROUND = """\
import sys, time
sys.path.insert(0, sys.argv[1])
start = time.perf_counter()
{code}
print(time.perf_counter() - start)
"""
_CALL = '{"DomainName": "amazon-connect-example", "ProfileIds": ["0f" * 16]}'
_CLIENT = """\
import boto3
client = boto3.client("customer-profiles", region_name="us-east-1")
"""
_STUBBER = f"""\
{_CLIENT}
from botocore.stub import Stubber
stubber = Stubber(client)
stubber.add_response("batch_get_profile", {{"Profiles": [{{"ProfileId": "0f" * 16}}], "Errors": []}}, {_CALL})
with stubber:
    assert client.batch_get_profile(**{_CALL})["Profiles"]
"""
_OUR_STUB = f"""\
from cp_fixtures import stubbed
with stubbed() as stubber:
    stubber.add_batch_get_profile([{{"ProfileId": "0f" * 16}}], domain_name="amazon-connect-example")
    assert stubber.client.batch_get_profile(**{_CALL})["Profiles"]
"""
_OUR_STUB_MADE_UP = """\
from cp_fixtures import stubbed
with stubbed() as stubber:
    exchange = stubber.add_batch_get_profile(20)
    assert len(stubber.client.batch_get_profile(**exchange.request)["Profiles"]) == 20
"""
_OUR_PROFILES = """\
from cp_fixtures import ProfileFactory
assert len(ProfileFactory().build_batch(20)) == 20
"""
_NAIVE_PROFILES = """\
from naive import of_faker, typical_profile
words = of_faker()
assert len([typical_profile(words) for _ in range(20)]) == 20
"""
_FIRST, _STUB, _PROFILES = "import boto3, its first client", "cp_fixtures, a stub answered", "cp_fixtures, 20 profiles"


def main() -> None:
    """Compare."""
    with asked("first_use", "What does the first use cost in a process?") as question:
        ways = {
            _FIRST: _CLIENT,
            "boto3, Stubber, a stub answered": _STUBBER,
            _STUB: _OUR_STUB,
            "Faker, 20 profiles": _NAIVE_PROFILES,
            _PROFILES: _OUR_PROFILES,
            "cp_fixtures, 20 profiles made and answered": _OUR_STUB_MADE_UP,
        }
        measured = question.compare(
            "in a new process, the start of Python left out",
            [Way(name, alone(code)) for name, code in ways.items()],
            rounds=15,
            clock=lambda work: float(str(work())),
        )
        question.bar("first stub answered: to boto3 and its first client", measured.ratio(_STUB, _FIRST), most=1.15)
        question.bar("first 20 profiles: to boto3 and its first client", measured.ratio(_PROFILES, _FIRST), most=1.7)


def alone(code: str) -> Callable[[], str]:
    """A new process that does it, and says how many seconds it took."""
    program = _AROUND.format(code=code)
    return lambda: printed(program, str(Path(__file__).parent))


if __name__ == "__main__":
    main()
