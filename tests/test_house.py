"""The house of CONTRIBUTING.md: its tables are read here, and the package is held to them."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROJECT = Path(__file__).parents[1]
FLOOR = re.compile(r"^\| (\d+) \| `([\w.]+/?)` \|", re.MULTILINE)
DOOR = re.compile(r"^\| `([\w.]+)` \| (`.+?`) \|", re.MULTILINE)
LONGEST_FILE = 400


class Import(NamedTuple):
    """One imported name: the file and line that import it, and its full dotted name."""

    file: str
    line: int
    target: str


@dataclass(frozen=True)
class House:
    """A package on disk, with the floor of each of its rooms and the doors of each library."""

    root: Path
    floors: dict[str, int]
    doors: dict[str, set[str]]

    def files(self) -> dict[str, ast.Module]:
        """Every module of the package by its path from the root, parsed."""
        paths = sorted(self.root.rglob("*.py"))
        return {path.relative_to(self.root).as_posix(): ast.parse(path.read_text("utf-8")) for path in paths}

    def imports(self) -> Iterator[Import]:
        """Every import, wherever it stands in its module: at the top, in a function, for annotations alone."""
        for file, tree in self.files().items():
            for node in ast.walk(tree):
                if isinstance(node, ast.Import):
                    yield from (Import(file, node.lineno, alias.name) for alias in node.names)
                elif isinstance(node, ast.ImportFrom):
                    base = self._base(file, node)
                    yield from (Import(file, node.lineno, f"{base}.{alias.name}") for alias in node.names)

    def _base(self, file: str, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = [self.root.name, *Path(file).parts[:-1]]
        return ".".join([*package[: len(package) + 1 - node.level], *filter(None, [node.module])])

    def own(self) -> Iterator[tuple[Import, str]]:
        """Every import of the package's own, with the file that it reaches."""
        files = self.files()
        for imported in self.imports():
            package, *steps = imported.target.split(".")
            if package == self.root.name:
                yield imported, _reached(files, steps)


def _reached(files: dict[str, ast.Module], steps: list[str]) -> str:
    for end in range(len(steps), 0, -1):
        path = "/".join(steps[:end])
        for file in (f"{path}.py", f"{path}/__init__.py"):
            if file in files:
                return file
    return "__init__.py"


def _room(file: str) -> str:
    first, slash, _ = file.partition("/")
    return first + slash


def strangers(house: House) -> list[str]:
    """Rooms without a row in the table, and rows without a room."""
    rooms = {_room(file) for file in house.files()}
    return [
        *(
            f"{room} is not in the table of CONTRIBUTING.md: give it a floor"
            for room in sorted(rooms - {*house.floors})
        ),
        *(f"{room} is in the table only: take its row out" for room in sorted({*house.floors} - rooms)),
    ]


def climbs(house: House) -> list[str]:
    """Imports that do not go down; what has no floor yet is a stranger, and not judged here."""
    breaches: dict[str, None] = {}
    for imported, file in house.own():
        here, there = _room(imported.file), _room(file)
        low, high = house.floors.get(here), house.floors.get(there)
        if here != there and low is not None and high is not None and low <= high:
            breaches[f"{imported.file}:{imported.line} imports {there}, floor {high}, from floor {low}"] = None
    return [*breaches]


def circles(house: House) -> list[str]:
    """Files that import each other in a circle, be it inside one room."""
    graph: dict[str, set[str]] = {}
    for imported, file in house.own():
        graph.setdefault(imported.file, set()).add(file)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [" is imported by ".join(error.args[1])]
    return []


def back_doors(house: House) -> list[str]:
    """Libraries imported elsewhere than at their door."""
    return [
        f"{imported.file}:{imported.line} imports {imported.target}, whose door is {', '.join(sorted(doors))}"
        for imported in house.imports()
        for library, doors in house.doors.items()
        if f"{imported.target}.".startswith(f"{library}.") and _room(imported.file) not in doors
    ]


def unlabelled(house: House) -> list[str]:
    """Modules without a docstring; public ones without a sorted `__all__`."""
    files = house.files().items()
    return [
        *(f"{file} has no docstring" for file, tree in files if not ast.get_docstring(tree)),
        *(f"{file} has no sorted __all__" for file, tree in files if _is_public(file) and not _has_sorted_all(tree)),
    ]


def _is_public(file: str) -> bool:
    return file.endswith("__init__.py") or not Path(file).name.startswith("_")


def _has_sorted_all(tree: ast.Module) -> bool:
    for node in tree.body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None and "__all__" in _assigned(node):
            names = list(ast.literal_eval(node.value))
            return names == sorted(names, key=_constants_classes_others)
    return False


def _assigned(node: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _constants_classes_others(name: str) -> tuple[bool, bool, str]:
    """The order in which ruff sorts `__all__`, so that the two rules never disagree."""
    return not name.isupper(), not name[:1].isupper(), name


def long_files(house: House) -> list[str]:
    """Files that should become packages."""
    lengths = {file: len((house.root / file).read_text("utf-8").splitlines()) for file in house.files()}
    return [f"{file} has {length} lines" for file, length in lengths.items() if length > LONGEST_FILE]


def the_house() -> House:
    """The package as it stands, under the tables of CONTRIBUTING.md."""
    page = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
    floors = {room: int(floor) for floor, room in FLOOR.findall(page)}
    doors = {library: set(re.findall(r"`(.+?)`", rooms)) for library, rooms in DOOR.findall(page)}
    return House(PROJECT / "cp_fixtures", floors, doors)


@pytest.mark.parametrize("rule", [strangers, climbs, circles, back_doors, unlabelled, long_files])
def test_the_house_keeps_its_rules(rule: Callable[[House], list[str]]) -> None:
    """The package breaks no rule of the house."""
    assert rule(the_house()) == []


def test_the_tables_are_read() -> None:
    """Floors and doors come out of the page as they stand in it, packages with a slash."""
    house = the_house()
    assert house.floors["errors.py"] == 0
    assert house.floors["people/"] < house.floors["plugin/"]
    assert house.doors["botocore.stub"] == {"stubber.py"}


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., House]:
    """Builds a small house, with more text in the rooms that are named: low and beside are below people, high above."""
    floors = {"__init__.py": 2, "high.py": 2, "people/": 1, "low.py": 0, "beside.py": 0}
    files = ["__init__.py", "high.py", "people/__init__.py", "people/names.py", "low.py", "beside.py"]

    def build(**changed: str) -> House:
        root = tmp_path / "home"
        (root / "people").mkdir(parents=True)
        for file in files:
            text = changed.get(file.removesuffix(".py").replace("/", "_"), "")
            (root / file).write_text(f'"""A room."""\n__all__ = []\n{text}\n', "utf-8")
        return House(root, floors, {"faker": {"people/"}, "botocore.stub": {"high.py"}})

    return build


def test_imports_that_go_down_are_welcome(build: Callable[..., House]) -> None:
    """Down, within a room, through the right door, and to any other library: nothing is said."""
    house = build(
        high="import botocore.stub\nfrom home import low\nfrom home.people.names import First",
        people___init__="from .names import First\nfrom home.low import thing",
        people_names="import faker.providers\nimport json",
    )
    assert [rule(house) for rule in (strangers, climbs, circles, back_doors, unlabelled, long_files)] == [[]] * 6


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"low": "from home.high import x, y"}, "low.py:3 imports high.py, floor 2, from floor 0"),
        ({"low": "import home.beside"}, "low.py:3 imports beside.py, floor 0, from floor 0"),
        ({"low": "from home import OMIT"}, "low.py:3 imports __init__.py, floor 2, from floor 0"),
        ({"low": "def f():\n    from .high import x"}, "low.py:4 imports high.py, floor 2, from floor 0"),
        ({"low": "if TYPE_CHECKING:\n    from . import high"}, "low.py:4 imports high.py, floor 2, from floor 0"),
        ({"people_names": "from ..high import x"}, "people/names.py:3 imports high.py, floor 2, from floor 1"),
    ],
    ids=["uphill", "sideways", "front-door", "in-a-function", "for-annotations", "out-of-a-package"],
)
def test_an_import_that_does_not_go_down(build: Callable[..., House], changed: dict[str, str], wanted: str) -> None:
    """Every way of importing from beside or above is found, with its line."""
    assert climbs(build(**changed)) == [wanted]


def test_a_circle_inside_one_room(build: Callable[..., House]) -> None:
    """A package's modules may import each other, but in one direction."""
    house = build(people___init__="from .names import First", people_names="from home.people import Person")
    (circle,) = circles(house)
    assert {*circle.split(" is imported by ")} == {"people/__init__.py", "people/names.py"}


@pytest.mark.parametrize("line", ["from botocore import stub", "import botocore.stub", "from botocore.stub import ANY"])
def test_a_library_that_comes_in_by_the_back_door(build: Callable[..., House], line: str) -> None:
    """A library is imported at its door alone, however the import is spelt."""
    (breach,) = back_doors(build(low=line))
    assert re.fullmatch(r"low\.py:3 imports botocore\.stub\S*, whose door is high\.py", breach)


def test_a_name_that_only_begins_like_a_library(build: Callable[..., House]) -> None:
    """`botocore.stubborn` is not `botocore.stub`."""
    assert back_doors(build(low="import botocore.stubborn")) == []


def test_a_room_without_a_row_and_a_row_without_a_room(build: Callable[..., House]) -> None:
    """The table and the folder name the same rooms."""
    house = build()
    (house.root / "low.py").rename(house.root / "cellar.py")
    assert strangers(house) == [
        "cellar.py is not in the table of CONTRIBUTING.md: give it a floor",
        "low.py is in the table only: take its row out",
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("__all__ = []", ["low.py has no docstring"]),
        ('"""Doc."""', ["low.py has no sorted __all__"]),
        ('"""Doc."""\n__all__ = ["b", "a"]', ["low.py has no sorted __all__"]),
        ('"""Doc."""\n__all__: list[str] = ["OMIT", "Domain", "check"]', []),
    ],
    ids=["no-docstring", "no-all", "unsorted", "in-order"],
)
def test_a_module_says_what_it_is_and_what_it_offers(build: Callable[..., House], text: str, wanted: list[str]) -> None:
    """A docstring and an `__all__`, constants before classes before the rest, as ruff sorts it."""
    house = build()
    (house.root / "low.py").write_text(text, "utf-8")
    assert unlabelled(house) == wanted


def test_a_private_module_offers_nothing(build: Callable[..., House]) -> None:
    """A module with a leading underscore owes a docstring only."""
    house = build()
    (house.root / "people" / "_pools.py").write_text('"""Doc."""\n', "utf-8")
    assert unlabelled(house) == []


def test_a_long_file(build: Callable[..., House]) -> None:
    """400 lines are the most; the next one makes it too long."""
    house = build(low="\n" * 397, high="\n" * 398)
    assert long_files(house) == ["high.py has 401 lines"]
