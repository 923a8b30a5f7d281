from __future__ import annotations

import unittest
from contextlib import ExitStack

from cp_fixtures import CustomerProfilesStubber, Domain, stubbed
from directory import first_names

DOMAIN = "amazon-connect-example"


class CustomerProfilesTestCase(unittest.TestCase):
    """What the test cases of a project are derived from."""

    stubber: CustomerProfilesStubber

    def setUp(self) -> None:
        super().setUp()
        stack = ExitStack()
        self.addCleanup(stack.close)
        self.stubber = stack.enter_context(stubbed(everywhere=True))


class TestDirectory(CustomerProfilesTestCase):
    def test_names(self) -> None:
        exchange = self.stubber.add_batch_get_profile([{"FirstName": "Ana"}, {"FirstName": "Bo"}])
        names = list(first_names(self.stubber.client, DOMAIN, exchange.request["ProfileIds"]))
        self.assertEqual(names, ["Ana", "Bo"])  # noqa: PT009 - unittest's way

    def test_names_of_many(self) -> None:
        domain = Domain(DOMAIN)
        self.stubber.answer_from(domain)
        names = list(first_names(self.stubber.client, DOMAIN, domain.put_many(41)))
        self.assertEqual(len(names), 41)  # noqa: PT009 - as above
