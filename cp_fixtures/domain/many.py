"""Several domains side by side: a call is answered by the one that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from cp_fixtures.domain.listing import domain_item
from cp_fixtures.domain.paging import BadToken, page
from cp_fixtures.domain.replies import Reply

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cp_fixtures.errors import Violation
    from cp_fixtures.exchanges import Exchange

__all__ = ["Domains"]

_PER_PAGE = 100


class _Domain(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def notes_bad_requests(self) -> bool: ...

    def failure(self, operation: str, params: dict[str, Any]) -> Exchange | None: ...

    def unmet(self) -> list[str]: ...

    def answer(self, operation: str, params: dict[str, Any], *, ignore: Iterable[str] = ...) -> Exchange | None: ...

    def refusal(self, operation: str, params: dict[str, Any], violations: Sequence[Violation]) -> Exchange | None: ...


class Domains:
    """Answers calls from several domains; of two with one name, the one that came later.

    Args:
        domains: the domains, none or more.
    """

    def __init__(self, domains: Iterable[_Domain] = ()) -> None:
        self._domains = {domain.name: domain for domain in domains}

    def plus(self, domain: _Domain) -> Domains:
        """These, and one more."""
        return Domains([*self._domains.values(), domain])

    def has(self, params: dict[str, Any]) -> bool:
        """Whether a call, by its parameters, asks for one of these."""
        return params.get("DomainName") in self._domains

    def answer(self, operation: str, params: dict[str, Any], *, ignore: Iterable[str] = ()) -> Exchange | None:
        """The answer to a call; None where no domain knows the operation.

        Args:
            operation: the operation, as boto3 spells its method.
            params: its parameters, as they are sent.
            ignore: codes of rules that the answer is not held to.
        """
        if not self._domains:
            return None
        if operation == "list_domains":
            return self._listed(params, Reply(frozenset(ignore)))
        return self._asked(params).answer(operation, params, ignore=ignore)

    def refusal(self, operation: str, params: dict[str, Any], violations: Sequence[Violation]) -> Exchange | None:
        """The answer to a call that breaks the model; None where nobody is there to answer it.

        Args:
            operation: the operation.
            params: its parameters, as they are sent.
            violations: what is wrong with them.
        """
        if not self._domains:
            return None
        return self._asked(params).refusal(operation, params, violations)

    def notes_bad_request(self, params: dict[str, Any]) -> bool:
        """Whether a call that breaks the model is told in the verdict too, by the domain that answers it."""
        return self._asked(params).notes_bad_requests

    def unmet(self) -> list[str]:
        """What is to fail in them, and no call has met, in words; each is told once."""
        return [text for domain in self._domains.values() for text in domain.unmet()]

    def _asked(self, params: dict[str, Any]) -> _Domain:
        # Of an unknown name any of them says that it is unknown.
        return self._domains.get(str(params.get("DomainName")), next(iter(self._domains.values())))

    def _listed(self, params: dict[str, Any], reply: Reply) -> Exchange:
        for domain in self._domains.values():
            if (failed := domain.failure("list_domains", params)) is not None:
                return failed
        items = [(name, domain_item(name)) for name in sorted(self._domains)]
        try:
            found, more = page(items, "list_domains", params, _PER_PAGE)
        except BadToken:
            return reply.error("list_domains", params, "BadRequestException", "Invalid NextToken")
        return reply.response("list_domains", params, {"Items": found, **more})
