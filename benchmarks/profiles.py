"""What it costs to make a full profile up. Run it: python benchmarks/profiles.py.

Every way makes the same members, or says so; its note says how far what it makes is legal, agrees, and is nobody's.
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

from naive import Words, full_profile, of_faker, of_faker_unweighted
from side_by_side import Way, asked, cannot, peer

from cp_fixtures import ProfileFactory
from cp_fixtures.shapes import shape_node
from cp_fixtures.validation import find

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    _Maker: TypeAlias = Callable[[], Any]

_MADE = 50
_AT_ONCE = 100
_OURS, _NAIVE, _MIMESIS = "cp_fixtures", "Faker, a dict", "mimesis, its providers"
_MODELS = "aws_resource_validator.pydantic_models.customer_profiles.customer_profiles_classes"
_PEERS = ("factory-boy", "mimesis", "mypy-boto3-customer-profiles", "polyfactory", "pydantic")
_RESERVED = re.compile(r"[@.](example\.(com|net|org)|example|test|invalid)$")


def main() -> None:
    """Compare."""
    words = "What does it cost to make a full profile up?"
    with asked("profiles", words, peers=[*_PEERS, "aws-resource-validator-customer-profiles"]) as question:
        factory = ProfileFactory(seed=1)
        ways: dict[str, _Maker | None] = {
            _NAIVE: by_words(of_faker()),
            _OURS: lambda: factory.build("full"),
            "Faker, a generator without weighting": by_words(of_faker_unweighted()),
            "factory_boy, DictFactory": by_factory_boy(),
            "polyfactory, the TypedDict": by_polyfactory_typed_dict(),
            "polyfactory, the models of aws-resource-validator": by_polyfactory_models(),
            "mimesis, a Schema": by_mimesis_schema(),
            _MIMESIS: by_mimesis(),
        }
        every = [way(name, make) for name, make in ways.items()]
        measured = question.compare(f"{_AT_ONCE} full profiles", every, rounds=15)
        question.bar("to a dict of Faker's words", measured.ratio(_OURS, _NAIVE), most=0.02)
        if _MIMESIS in measured.times:
            question.bar("to mimesis' providers", measured.ratio(_OURS, _MIMESIS), most=1 / 3)


def way(name: str, make: _Maker | None) -> Way:
    """The work, with a note on what it makes; what is ours has to be without one."""
    if make is None:
        return cannot(name, "it is not installed")
    made = [make() for _ in range(_MADE)]
    less = [
        f"{what} {right}/{_MADE}"
        for what, is_right in (
            ("legal", is_legal),
            ("name and e-mail agree", agrees),
            ("e-mail in a reserved domain", is_reserved),
            ("telephone kept for fiction", is_fictional),
        )
        if (right := sum(map(is_right, made))) < _MADE
    ]
    assert name != _OURS or not less, less
    wanted = ProfileFactory(seed=1).build("full")
    if {_shape(each) for each in made} != {_shape(wanted)}:
        less.append(f"has {leaves(made[0])} values, not these {leaves(wanted)}")
    return Way(name, lambda: [make() for _ in range(_AT_ONCE)], f"does less: {'; '.join(less)}" if less else "")


def leaves(value: Any) -> int:
    """How many values there are at the ends of it."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 1 if inner is None else sum(map(leaves, inner))


def is_legal(profile: Any) -> bool:
    """Whether the service could have it."""
    return not find(shape_node("Profile"), profile)


def agrees(profile: Any) -> bool:
    """Whether the e-mail address is one of this name."""
    name, mail = profile.get("FirstName", "?"), profile.get("EmailAddress", "")
    return re.sub(r"\W", "", name).lower() in mail.lower()


def is_reserved(profile: Any) -> bool:
    """Whether no mail can reach anybody."""
    return bool(_RESERVED.search(profile.get("EmailAddress", "")))


def is_fictional(profile: Any) -> bool:
    """Whether no call can: 555-0100 to 555-0199 are kept for fiction."""
    digits = re.sub(r"\D", "", profile.get("PhoneNumber", "").partition("x")[0])
    return bool(re.search(r"55501\d\d$", digits))


def by_words(words: Words) -> _Maker:
    """A dict with a call for each value."""
    return lambda: full_profile(words)


def by_factory_boy() -> _Maker | None:
    """Declarations, one for each member, with the same words of Faker's."""
    factory = peer("factory")
    if factory is None:
        return None
    fake = factory.Faker
    phones = {f"{kind}PhoneNumber": fake("phone_number") for kind in ("", "Mobile", "Home", "Business")}
    emails = {f"{kind}EmailAddress": fake("email") for kind in ("", "Personal", "Business")}
    one = factory.make_factory(
        dict,
        Address1=fake("street_address"),
        **{f"Address{line}": fake("secondary_address") for line in (2, 3, 4)},
        City=fake("city"),
        State=fake("state_abbr"),
        PostalCode=fake("postcode"),
        Country="US",
    )
    attributes = factory.make_factory(
        dict,
        loyaltyTier=fake("random_element", elements=("bronze", "silver", "gold")),
        newsletter=fake("random_element", elements=("True", "False")),
        lifetimeValue=fake("numerify", text="#####"),
    )
    made: _Maker = factory.make_factory(
        dict,
        ProfileId=factory.LazyFunction(lambda: uuid.uuid4().hex),
        AccountNumber=fake("bothify", text="##########"),
        FirstName=fake("first_name"),
        MiddleName=fake("first_name"),
        LastName=fake("last_name"),
        BirthDate=fake("date", pattern="%Y-%m-%d"),
        Gender=fake("random_element", elements=("MALE", "FEMALE", "UNSPECIFIED")),
        GenderString=factory.SelfAttribute("Gender"),
        AdditionalInformation=fake("sentence"),
        BusinessName=fake("company"),
        PartyType="INDIVIDUAL",
        PartyTypeString="INDIVIDUAL",
        ProfileType="PROFILE",
        **phones,
        **emails,
        **{f"{kind}Address": factory.SubFactory(one) for kind in ("", "Shipping", "Mailing", "Billing")},
        Attributes=factory.SubFactory(attributes),
        EngagementPreferences=factory.SubFactory(preferences_of_factory_boy(factory)),
    )
    return made


def preferences_of_factory_boy(factory: Any) -> Any:
    """The preferences of a profile, with its id and its words."""

    def one(kind: str, key: str) -> Any:
        return factory.List(
            [
                factory.Dict(
                    {
                        "KeyName": key,
                        "KeyValue": factory.SelfAttribute(f"....{kind}"),
                        "ProfileId": factory.SelfAttribute("....ProfileId"),
                        "ContactType": kind,
                    }
                )
            ]
        )

    return factory.make_factory(dict, Email=one("EmailAddress", "_email"), Phone=one("PhoneNumber", "_phone"))


def by_polyfactory_typed_dict() -> _Maker | None:
    """By the TypedDict of mypy-boto3."""
    polyfactory = peer("polyfactory.factories")
    types = peer("mypy_boto3_customer_profiles.type_defs")
    if polyfactory is None or types is None:
        return None
    made: _Maker = polyfactory.TypedDictFactory.create_factory(types.ProfileTypeDef).build
    return made


def by_polyfactory_models() -> _Maker | None:
    """By the pydantic models of aws-resource-validator."""
    polyfactory, models = peer("polyfactory.factories.pydantic_factory"), peer(_MODELS)
    if polyfactory is None or models is None:
        return None
    make = polyfactory.ModelFactory.create_factory(models.ProfileTypeDef, __allow_none_optionals__=False)
    return lambda: make.build().model_dump()


def by_mimesis_schema() -> _Maker | None:
    """By a Schema of mimesis with its fields."""
    mimesis = peer("mimesis")
    if mimesis is None:
        return None
    field = mimesis.Field(mimesis.Locale.EN, seed=1)
    words = mimesis_words(lambda name, **options: lambda: str(field(name, **options)))
    schema = mimesis.Schema(lambda: full_profile(words), iterations=1)
    return lambda: schema.create()[0]


def by_mimesis() -> _Maker | None:
    """By the providers of mimesis themselves."""
    mimesis = peer("mimesis")
    if mimesis is None:
        return None
    every = mimesis.Generic(mimesis.Locale.EN, seed=1)

    def provided(name: str, **options: Any) -> Callable[[], str]:
        provider, _, method = name.partition(".")
        make = getattr(getattr(every, provider), method)
        return (lambda: str(make(**options))) if options or method == "birthdate" else make

    return by_words(mimesis_words(provided))


def mimesis_words(word: Callable[..., Callable[[], str]]) -> Words:
    """Its words, as somebody finds them who is given their names."""
    return Words(
        first_name=word("person.first_name"),
        last_name=word("person.last_name"),
        company=word("finance.company"),
        phone=word("person.phone_number"),
        email=word("person.email", domains=["example.com"]),
        street=word("address.address"),
        second_line=word("address.secondary_address"),
        city=word("address.city"),
        state=word("address.state", abbr=True),
        postal_code=word("address.postal_code"),
        birth_date=word("person.birthdate"),
        sentence=word("text.sentence"),
        number=word("person.identifier", mask="##########"),
    )


def _shape(value: Any) -> Any:
    """The members of a value, whatever is in them."""
    if isinstance(value, dict):
        return frozenset((name, _shape(each)) for name, each in value.items())
    return tuple(map(_shape, value)) if isinstance(value, list) else None


if __name__ == "__main__":
    main()
