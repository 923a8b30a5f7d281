"""Put results.json on the page that compares: its tables, and its plots. Run it: python benchmarks/write_page.py.

With --check nothing is written: it says what is not as the results have it, and its exit status is 1.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from side_by_side import RESULTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_DOCS = Path(__file__).parents[1] / "docs" / "explanation"
_PAGE = "comparison.md"
_BLOCK = re.compile(r"(<!-- measured: ([\w ]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
_OURS = "cp_fixtures"
# What is drawn: some tables of a question, by their places.
_PLOTS = {
    "validation": [1],
    "profiles": [1],
    "one_test": [1, 3],
    "suite": [1, 2],
    "first_use": [1],
    "strategies": [2, 4],
}
_WIDTH, _LINE, _LEFT, _RIGHT, _TOP = 780, 26, 330, 130, 44


def main() -> None:
    """Write, or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, and fail where something is to be written")
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--docs", type=Path, default=_DOCS, help="the folder of the page")
    given = parser.parse_args()
    results = json.loads(given.results.read_text("utf-8"))
    page = given.docs / _PAGE
    files = {page: filled(page.read_text("utf-8"), results)}
    files |= {given.docs / "plots" / name: plot for name, plot in plots(results)}
    other = [path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text]
    if given.check:
        for path in other:
            print(f"{path} is not as {given.results} has it: run {__file__}", file=sys.stderr)
        sys.exit(bool(other))
    for path in other:
        path.parent.mkdir(exist_ok=True)
        path.write_text(files[path], "utf-8")


def filled(page: str, results: Mapping[str, Any]) -> str:
    """The page with every block as the results have it.

    Raises:
        ValueError: a question has no block, or a block no question.
    """
    blocks = {"bars": bars(results), **{name: "\n".join(tables(answer)) for name, answer in results.items()}}
    named = [name for _, name, _, _ in _BLOCK.findall(page)]
    if sorted(named) != sorted(blocks):
        raise ValueError(f"The page has blocks for {sorted(named)}, and the results answers to {sorted(blocks)}.")
    return _BLOCK.sub(lambda block: f"{block[1]}{blocks[block[2]]}{block[4]}", page)


def bars(results: Mapping[str, Any]) -> str:
    """All bars, met or not."""
    rows = [
        (answer["question"], bar["words"], bar["wanted"], _against(bar["figure"]), "yes" if bar["met"] else "**no**")
        for answer in results.values()
        for bar in answer["bars"]
    ]
    return _table(("question", "what", "wanted", "measured", "met"), rows)


def tables(answer: Mapping[str, Any]) -> Iterator[str]:
    """All tables of a question, and what they were measured on."""
    machine, versions = answer["machine"], answer["versions"]
    for table in answer["tables"]:
        yield f"*{table['title'][0].upper()}{table['title'][1:]}*\n"
        yield _matrix(table) if "columns" in table else _measured(table)
    on = f"{machine['python']}, {machine['system']}, {machine['cores']} cores, {machine['date']}"
    yield f"{on}: {', '.join(f'{name} {version}' for name, version in versions.items())}.\n"


def _matrix(table: Mapping[str, Any]) -> str:
    rows = [(row["name"], *(each or "-" for each in row["does"])) for row in table["rows"]]
    return _table(("", *table["columns"]), rows)


def _measured(table: Mapping[str, Any]) -> str:
    times = "once" if table["rounds"] == 1 else f"median of {table['rounds']} rounds"
    unit = f"{table['unit']}, {times}"
    rows = [(row["name"], _figure(row["value"]), _figure(row["ratio"]), row["note"]) for row in table["rows"]]
    return _table(("way", unit, "to the first", ""), rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _figure(figure: float | None) -> str:
    if figure is None:
        return "-"
    return f"{figure:,.0f}" if figure >= 1000 else f"{figure:.3g}"


def _against(ratio: float | None) -> str:
    return "the other has none" if ratio is None else _figure(ratio)


def plots(results: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The name and the text of each plot."""
    for name, places in _PLOTS.items():
        for place in places:
            yield f"{name}-{place}.svg", plot(results[name]["tables"][place - 1])


def plot(table: Mapping[str, Any]) -> str:
    """A table as bars, which start at zero and grow with the figure."""
    rows = [row for row in table["rows"] if row["value"] is not None]
    most = max(row["value"] for row in rows) or 1
    height = _TOP + _LINE * len(rows) + 12
    title = escape(f"{table['title']} ({table['unit']})")
    box = f'viewBox="0 0 {_WIDTH} {height}" role="img" font-family="sans-serif" font-size="13"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>',
        f"<title>{title}</title>",
        f'<rect width="{_WIDTH}" height="{height}" rx="6" fill="#ffffff"/>',
        f'<text x="14" y="25" font-size="14" font-weight="bold" fill="#222222">{title}</text>',
    ]
    for place, row in enumerate(rows):
        lines += _bar(_TOP + _LINE * place, row, row["value"] / most)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _bar(top: int, row: Mapping[str, Any], share: float) -> list[str]:
    width = max(1, round(share * (_WIDTH - _LEFT - _RIGHT)))
    colour = "#0b6e99" if row["name"].startswith(_OURS) else "#b9b9b9"
    figure = _figure(row["value"]) + (", does less" if row["note"].startswith("does less") else "")
    return [
        f'<text x="{_LEFT - 10}" y="{top + 15}" text-anchor="end" fill="#222222">{escape(row["name"])}</text>',
        f'<rect x="{_LEFT}" y="{top + 2}" width="{width}" height="{_LINE - 8}" fill="{colour}"/>',
        f'<text x="{_LEFT + width + 8}" y="{top + 15}" fill="#222222">{figure}</text>',
    ]


if __name__ == "__main__":
    main()
