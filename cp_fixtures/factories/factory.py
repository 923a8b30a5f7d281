"""ProfileFactory: profiles by the number, the same for the same seed."""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import UsageError, clip
from cp_fixtures.factories.making import check_preset, made_profile
from cp_fixtures.people import Given, People, Person
from cp_fixtures.people.drawing import Chance
from cp_fixtures.people.locales import checked
from cp_fixtures.shapes import shape_node
from cp_fixtures.validation import check_rule_codes, find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cp_fixtures.shapes import Node
    from cp_fixtures.types import Profile

__all__ = ["ProfileFactory"]

_ID_ALONE = {"ProfileId"}
_NO_OVERRIDES: dict[str, Any] = {}


class ProfileFactory:
    """Makes profiles that the service could have given, of coherent people who do not exist.

    The n-th thing that a factory makes depends on its locale, its seed and n alone: another preset shows more or less
    of the same person, and a call that was refused has changed nothing. Nothing reads the clock or the global random.
    Threads can share a factory: no two of them get the same profile.

    What nobody documents is a guess, and an override gives something else: `KeyName` of the engagement preferences
    ("_phone", "_email"), `ProfileType` ("PROFILE"), which member of an address a region stands in where that is not
    plain (`State` has Japan's prefecture, `County` Great Britain's county), and that the two members of a pair, Gender
    and GenderString, PartyType and PartyTypeString, say the same.

    Args:
        locale: any locale of the installed Faker, such as "en_US" or "ja_JP".
        seed: an int or a str. None is a seed too, always the same: whoever wants other data says so with another seed.
        messy: mix the formats met in real data: phones, birth dates, countries; see `people.People`.
        ignore: codes of rules that overrides are not held to, such as {"max"}.

    Attributes:
        locale: as given, in Faker's spelling.
        seed: as given.
        messy: as given.
        ignore: as given, a frozenset.

    Raises:
        UsageError: no such locale or rule, or the seed is neither int nor str.
    """

    def __init__(
        self, *, locale: str = "en_US", seed: int | str | None = None, messy: bool = False, ignore: Iterable[str] = ()
    ) -> None:
        _check_seed(seed)
        self.seed = seed
        self.messy = messy
        self.ignore = check_rule_codes(ignore)
        self.locale = checked(locale)
        self._next = 1
        # From reading the number until it is used up, so that a refused call uses up none.
        self._lock = RLock()

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "_lock"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, _lock=RLock())

    def __repr__(self) -> str:
        return f"ProfileFactory(locale={self.locale!r}, seed={self.seed!r}, messy={self.messy!r})"

    def build(self, preset: str = "typical", **overrides: Any) -> Profile:
        """A profile as boto3 returns it, a dict of the caller's own.

        Args:
            preset: "minimal", ProfileId alone; "typical", what a usual record has; "full", every member of the
                installed model but FoundByItems, as far as the locale has it (see below); "business"; "tricky", names
                that break naive code.
            overrides: members by name. A dict is merged into the preset's dict, a list or anything else replaces;
                OMIT leaves a member out, at any depth; `Address__City="Paris"` is `Address={"City": "Paris"}`. What
                else is made agrees with FirstName, LastName and BusinessName, with Gender or GenderString and
                PartyType or PartyTypeString, whichever of the two is given (a text that is no value of the enum makes
                that UNSPECIFIED, or OTHER), with ProfileId (in EngagementPreferences) and with telephone and e-mail
                (likewise). Nothing is made to agree with the rest: a City that is overridden keeps the State that was
                drawn.

        A locale can lack members, also in "full". No locale has a telephone number but those of AU, BR, CA, DE, FR, GB,
        IN, JP and US, so that in Spain, Italy and elsewhere the four members are not there, nor `Phone` of the
        engagement preferences; BR, IN and JP have no MobilePhoneNumber. An address has one of State (AU, BR, IN, JP,
        US), Province (CA, ES, IT) and County (GB), elsewhere none; and no PostalCode where the country has none, or one
        for each house (AE, BH, GH, IE, IR, PS).

        Raises:
            UsageError: no such preset or member, or the overrides break the model, all violations listed. The factory
                is as it was.
        """
        node = shape_node("Profile")
        # An id alone, if it is legal, makes nobody another person.
        own_id = overrides["ProfileId"] if overrides.keys() == _ID_ALONE else None
        if type(own_id) is str and not find(node.members["ProfileId"], own_id):
            return self._maker(preset)(own_id)
        with self._lock:
            profile = self._made(node, preset, overrides, self._next)
            self._next += 1
        return profile

    def _maker(self, preset: str) -> Callable[[str], Profile]:
        """`build` with an id that is known to be legal, and nothing else."""
        node = shape_node("Profile")

        def made(profile_id: str) -> Profile:
            with self._lock:
                profile = self._made(node, preset, _NO_OVERRIDES, self._next, profile_id)
                self._next += 1
            return profile

        return made

    def build_batch(self, n: int, preset: str = "typical", **overrides: Any) -> list[Profile]:
        """Profiles, as many calls of `build` give them; no two share a ProfileId or an e-mail address made here.

        Args:
            n: how many, 0 or more.
            preset: as in `build`.
            overrides: as in `build`, for each of them.

        Raises:
            UsageError: as `build`; or n is no number of things, or several are to have one ProfileId.
        """
        _check_size(n)
        check_preset(preset)
        if n > 1 and isinstance(overrides.get("ProfileId"), str):
            raise UsageError(
                f"{n} profiles cannot all have the ProfileId {clip(overrides['ProfileId'])}.",
                "An id names one profile.",
                "Build them one by one, each with its own ProfileId.",
            )
        node = shape_node("Profile")
        with self._lock:
            batch = [self._made(node, preset, overrides, self._next + at) for at in range(n)]
            self._next += n
        return batch

    def person(self) -> Person:
        """The person of whom `build` would have made the next profile, who is thereby used up."""
        number = self._used_up()
        people = People(self.locale, self._chance(number), messy=self.messy)
        people.profile_id()
        return people.individual(Given(number=number))

    def profile_id(self) -> str:
        """The id of the profile that `build` would have made next, which is thereby used up: a UUID4 in hex."""
        return People(self.locale, self._chance(self._used_up())).profile_id()

    def _used_up(self) -> int:
        with self._lock:
            self._next += 1
            return self._next - 1

    def _made(
        self, node: Node, preset: str, overrides: dict[str, Any], number: int, profile_id: str | None = None
    ) -> Profile:
        return made_profile(
            node,
            self.locale,
            self._chance(number),
            messy=self.messy,
            preset=preset,
            overrides=overrides,
            number=number,
            profile_id=profile_id,
            ignore=self.ignore,
        )

    def _chance(self, number: int) -> Chance:
        return Chance(f"{self.seed}/{number}")


def _check_seed(seed: object) -> None:
    if seed is None or (isinstance(seed, (int, str)) and not isinstance(seed, bool)):
        return
    raise UsageError(
        f"{clip(seed)} is no seed.",
        "Only of a number or a text the same data can be made on any machine.",
        "Give an int or a str.",
    )


def _check_size(n: object) -> None:
    if isinstance(n, bool) or not isinstance(n, int) or n < 0:
        raise UsageError(f"There cannot be {clip(n)} profiles.", "A batch has 0 or more.", "Give the number as an int.")
