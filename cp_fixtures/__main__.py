"""`python -m cp_fixtures` is `cp-fixtures`."""

from __future__ import annotations

from cp_fixtures.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    main()
