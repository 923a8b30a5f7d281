"""Pictures of requests and responses: the tree of `cp_fixtures.outline` as cards, one a structure, drawn as SVG.

The spine of the tree, from the top always to the structure with the most inside, stands on the left; what else a row
leads to stands on the right, as near to that row as there is room.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from textwrap import wrap
from typing import TYPE_CHECKING, Literal, cast
from xml.sax.saxutils import escape

from cp_fixtures.outline import Entry, outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["drawing", "drawn_into", "lines"]

_PLACE = re.compile(r"^<!-- tree: (\w+) (request|response) -->$", re.MULTILINE)

_WIDTH, _GAP, _BETWEEN = 338, 60, 22
_HEADER, _LINE, _PADDING, _LEGEND = 28, 18, 5, 34
_NAME_LETTER, _LIMIT_LETTER = 7.3, 5.9
"""The width of a letter, rather more than less; whole lines of capitals are the widest that are met."""

_STYLE = """
svg.tree { width: 100%; min-width: 680px; height: auto; font: 11px var(--font-stack, sans-serif); }
.tree text { fill: var(--color-foreground-secondary, currentColor); }
.tree .card { fill: var(--color-background-secondary, none); stroke: var(--color-background-border, currentColor); }
.tree .head { fill: var(--color-brand-primary, currentColor); opacity: .12; }
.tree .title { font-size: 12.5px; font-weight: 600; fill: var(--color-foreground-primary, currentColor); }
.tree .name { font: 12px var(--font-stack--monospace, monospace); fill: var(--color-foreground-primary, currentColor); }
.tree .limit { text-anchor: end; }
.tree .required { font-weight: 700; fill: var(--color-problematic, currentColor); }
.tree .leads { fill: var(--color-brand-content, currentColor); }
.tree .edge { fill: none; stroke: var(--color-brand-primary, currentColor); stroke-width: 1.3; opacity: .75; }
.tree .head-of-edge { fill: var(--color-brand-primary, currentColor); }
.tree .lock { fill: none; stroke: var(--color-foreground-muted, currentColor); stroke-width: 1.2; }
.tree .lock rect { fill: var(--color-foreground-muted, currentColor); stroke: none; }
"""


@dataclass(frozen=True, eq=False)
class _Row:
    """A member, or what a list or map has inside; `indent` says how deep in them."""

    entry: Entry
    indent: int = 0

    @property
    def inner(self) -> Entry | None:
        """The structure that the row leads to: its own, or that of its list's items."""
        inner = self.entry.entries[0] if self.entry.type == "list" else self.entry
        return inner if _is_structure(inner) else None

    @cached_property
    def limits(self) -> list[str]:
        """What stands on the right, a text for each line; the first leaves room for the name."""
        first, *others = self._said()
        taken = _NAME_LETTER * (len(self.entry.name) + 2) + 14 * self.indent
        return [*_wrapped(first, taken), *(line for said in others for line in _wrapped(said))]

    def _said(self) -> list[str]:
        entry = self.entry
        if self.inner:
            return [f"{'list of ' if entry.type == 'list' else ''}{_title(self.inner)}", *entry.limits]
        # The limits of a string say that it is one.
        return [*entry.limits] if entry.type == "string" and entry.limits else [", ".join([entry.type, *entry.limits])]

    @property
    def height(self) -> int:
        return _LINE * len(self.limits)


@dataclass(frozen=True, eq=False)
class _Card:
    """A structure with its rows."""

    entry: Entry

    @cached_property
    def rows(self) -> list[_Row]:
        return [*_rows(self.entry.entries)]

    @property
    def height(self) -> int:
        return _HEADER + 2 * _PADDING + sum(row.height for row in self.rows)

    def row_tops(self) -> Iterator[tuple[_Row, int]]:
        """Each row with its distance from the top of the card."""
        top = _HEADER + _PADDING
        for row in self.rows:
            yield row, top
            top += row.height


@dataclass(frozen=True, eq=False)
class _Placed:
    """A card in its place."""

    card: _Card
    on_the_right: bool
    y: int

    @property
    def x(self) -> int:
        return (_WIDTH + _GAP) * self.on_the_right

    @property
    def side(self) -> int:
        """Where lines begin and end: the side that faces the other column."""
        return self.x if self.on_the_right else self.x + _WIDTH


def drawn_into(page: str) -> str:
    """A page of MyST with a picture, and the same as text, wherever a comment asks for one.

    The comment is a line of its own: `<!-- tree: batch_get_profile response -->`.
    """
    return _PLACE.sub(lambda place: _figure(place[1], cast("Literal['request', 'response']", place[2])), page)


def drawing(operation: str, of: Literal["request", "response"]) -> str:
    """The picture, an SVG that stands in a page: it takes the page's fonts and colours, dark or light.

    Args:
        operation: the operation, as boto3 spells its method.
        of: "request" or "response".
    """
    top = outline(operation, of)
    placed = _placed(_cards(top))
    width = max(each.x for each in placed.values()) + _WIDTH
    height = max(each.y + each.card.height for each in placed.values()) + _LEGEND
    parts = [
        _opening(f"{operation}-{of}", width, height),
        f'<title id="{operation}-{of}-title">The {of} of {operation}</title>',
        f'<desc id="{operation}-{of}-text">{escape(_told(_cards(top)))}</desc>',
        f"<style>{_STYLE}</style>",
        *_edges(placed),
        *(_card(each) for each in placed.values()),
        _legend(width, height),
        "</svg>",
    ]
    return "\n".join(parts)


def lines(entry: Entry, indent: int = 0) -> Iterator[str]:
    """The same tree as text, a line for each entry."""
    yield f"{'  ' * indent}{entry}"
    for inner in entry.entries:
        yield from lines(inner, indent + 1)


def _figure(operation: str, of: Literal["request", "response"]) -> str:
    picture = f'<div class="tree-frame" tabindex="0" style="overflow-x: auto">\n{drawing(operation, of)}\n</div>'
    text = "\n".join(lines(outline(operation, of)))
    return "\n".join(
        [
            *("```{raw} html", picture, "<details><summary>The same as text</summary>", "```", ""),
            *("```text", text, "```", ""),
            *("```{raw} html", "</details>", "```"),
        ]
    )


def _wrapped(text: str, taken: float = 0) -> list[str]:
    free, least = " " * int(taken / _LIMIT_LETTER), int((_WIDTH - 46) / _LIMIT_LETTER)
    lines = wrap(text, least, initial_indent=free, break_on_hyphens=False, break_long_words=False)
    return [line.strip() for line in lines]


def _opening(name: str, width: int, height: int) -> str:
    # A picture of one card is not blown up to the width of two.
    size = "" if width > _WIDTH else f'style="max-width: {width}px; min-width: {width}px" '
    return (
        f'<svg class="tree" {size}viewBox="-1 -1 {width + 2} {height + 2}" role="img" '
        f'xmlns="http://www.w3.org/2000/svg" aria-labelledby="{name}-title {name}-text">'
    )


def _is_structure(entry: Entry) -> bool:
    return entry.type.startswith("structure ")


def _title(entry: Entry) -> str:
    return entry.type.removeprefix("structure ")


def _rows(entries: Sequence[Entry], indent: int = 0) -> Iterator[_Row]:
    for entry in entries:
        row = _Row(entry, indent)
        yield row
        if not row.inner:
            yield from _rows(entry.entries, indent + 1)


_Key = tuple[str, bool]


def _key(entry: Entry) -> _Key:
    # The same structure can be inside something sensitive, and elsewhere not.
    return entry.type, entry.sensitive


def _cards(top: Entry) -> dict[_Key, _Card]:
    """The cards by their structures, the top's first, each before those inside it."""
    found = {} if top.again else {_key(top): _Card(top)}
    for card in [*found.values()]:
        for row in card.rows:
            if row.inner:
                found.update(_cards(row.inner))
    return found


def _told(cards: dict[_Key, _Card]) -> str:
    """The picture in words."""
    return " ".join(f"{_title(card.entry)} has {', '.join(map(_told_of, card.rows))}." for card in cards.values())


def _told_of(row: _Row) -> str:
    return row.entry.name if row.inner is None else f"{row.entry.name} ({row.limits[0]})"


def _spine(cards: dict[_Key, _Card]) -> list[_Card]:
    """The cards of the left, from the top down: on to the most rows, as long as these are more than the card's own."""
    spine = [next(iter(cards.values()))]
    while True:
        inner = [found for row in spine[-1].rows if row.inner and (found := _cards(row.inner))]
        most = max(inner, key=_size, default={})
        if _size(most) <= len(spine[-1].rows):
            return spine
        spine.append(next(iter(most.values())))


def _size(cards: dict[_Key, _Card]) -> int:
    return sum(len(card.rows) for card in cards.values())


def _placed(cards: dict[_Key, _Card]) -> dict[_Key, _Placed]:
    """Every card in its place."""
    left = _stacked(_spine(cards))
    wanted: dict[_Key, int] = {}
    for each in left.values():
        for row, top in each.card.row_tops():
            # What the next card of the spine leads to comes with that card.
            if row.inner and _key(row.inner) not in left:
                wanted.update({key: each.y + top for key in _cards(row.inner) if key not in wanted})
    bottom = max(each.y + each.card.height for each in left.values())
    return {**left, **_near(cards, wanted, bottom)}


def _stacked(cards: Sequence[_Card]) -> dict[_Key, _Placed]:
    found, y = {}, 0
    for card in cards:
        found[_key(card.entry)] = _Placed(card, on_the_right=False, y=y)
        y += card.height + _BETWEEN
    return found


def _near(cards: dict[_Key, _Card], wanted: dict[_Key, int], bottom: int) -> dict[_Key, _Placed]:
    """The right column: each card as near to the height that it wants as the others, and the bottom, let it be."""
    heights = [cards[key].height for key in wanted]
    below = max(bottom, sum(heights) + _BETWEEN * max(len(heights) - 1, 0)) + _BETWEEN
    tops: list[int] = []
    for height, top in zip(reversed(heights), reversed([*_pushed_down(heights, wanted.values())]), strict=True):
        below = min(top, below - _BETWEEN - height)
        tops.insert(0, below)
    return {key: _Placed(cards[key], on_the_right=True, y=y) for key, y in zip(wanted, tops, strict=True)}


def _pushed_down(heights: Iterable[int], wanted: Iterable[int]) -> Iterator[int]:
    free = 0
    for height, top in zip(heights, wanted, strict=True):
        yield max(free, top)
        free = max(free, top) + height + _BETWEEN


def _edges(placed: dict[_Key, _Placed]) -> Iterator[str]:
    """A line from each row that leads to a structure to that structure's card."""
    for each in placed.values():
        for row, top in each.card.row_tops():
            if row.inner:
                yield _edge(each, each.y + top + _LINE // 2, placed[_key(row.inner)])


def _edge(start: _Placed, y: int, end: _Placed) -> str:
    other = end.y + _HEADER // 2
    towards = 7 if end.on_the_right else -7
    # Between two cards of one column the line bends out into the gap and back.
    bends = [each.side + (-0.6 if each.on_the_right else 0.6) * _GAP for each in (start, end)]
    tip = end.side - towards
    return (
        f'<path class="edge" d="M{start.side},{y} C{bends[0]:g},{y} {bends[1]:g},{other} {tip},{other}"/>'
        f'<path class="head-of-edge" d="M{end.side},{other} l{-towards},-4 v8 z"/>'
    )


def _card(placed: _Placed) -> str:
    box = f'width="{_WIDTH}" height="{placed.card.height}" rx="6"'
    parts = [
        f'<g transform="translate({placed.x},{placed.y})">',
        f'<rect class="card" {box}/>',
        f'<path class="head" d="M0,{_HEADER} V6 q0,-6 6,-6 H{_WIDTH - 6} q6,0 6,6 V{_HEADER} z"/>',
        f'<text class="title" x="12" y="19">{escape(_title(placed.card.entry))}</text>',
        *(_row(row, top) for row, top in placed.card.row_tops()),
        "</g>",
    ]
    return "\n".join(parts)


def _row(row: _Row, top: int) -> str:
    mark = '<tspan class="required"> *</tspan>' if row.entry.required else ""
    name = f'<text class="name" x="{12 + 14 * row.indent}" y="{top + 13}">{escape(row.entry.name)}{mark}</text>'
    limits = [
        f'<text class="limit{" leads" if row.inner and not number else ""}" '
        f'x="{_WIDTH - 26}" y="{top + 13 + number * _LINE}">{escape(limit)}</text>'
        for number, limit in enumerate(row.limits)
    ]
    lock = _lock(_WIDTH - 19, top + 4) if row.entry.sensitive else ""
    return f'<g class="row">{name}{"".join(limits)}{lock}</g>'


def _lock(x: int, y: int) -> str:
    shackle = '<path d="M2,5 V3.5 a2.5,2.5 0 0 1 5,0 V5"/>'
    return f'<g class="lock" transform="translate({x},{y})">{shackle}<rect y="5" width="9" height="6" rx="1"/></g>'


def _legend(width: int, height: int) -> str:
    y = height - 8
    return (
        f'<text x="12" y="{y}"><tspan class="required">*</tspan> required</text>{_lock(82, y - 10)}'
        f'<text x="96" y="{y}">sensitive, or inside it</text>'
        f'<text class="limit" x="{width - 12}" y="{y}">botocore {version("botocore")}</text>'
    )
