"""One fault in a legal value, at each place and in each characteristic way, with the violation that it must cause.

A fault that cannot come alone is none of them, for it has two violations. By the model these are:

* a text too short, or too long, for the shape's own pattern: the empty `DomainName`, for one;
* a lone surrogate where the pattern, or the enum, says what every character has to be;
* a number that breaks `min` or `max` only outside the bits of its type; an infinite one where there is such a limit;
* a second member of a union, and an unknown one beside its only one.
"""

from __future__ import annotations

from cp_fixtures.breaches.breach import Breach
from cp_fixtures.breaches.outcomes import agreement_breaches
from cp_fixtures.breaches.sizes import resized
from cp_fixtures.breaches.walking import breaches

__all__ = ["Breach", "agreement_breaches", "breaches", "resized"]
