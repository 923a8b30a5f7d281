"""Which locales there are, and for each: its country, and the locale whose names and streets Faker really has for it.

A provider of Faker's falls back to en_US without a word: `Faker("ar_AE")` makes Americans. Here a locale takes names
and streets only from itself or from the locale named below, and otherwise from names that belong to no nation.
"""

from __future__ import annotations

from functools import lru_cache

from cp_fixtures.errors import UsageError, clip, unknown_name

__all__ = ["checked", "country_of", "locales", "names_from", "streets_from"]

# The country is what follows the language, except here. Faker's MS is Malaysia, its AA, "no country", and bare `sw`
# are given the largest country of their language, Latin the only state whose language it is.
_COUNTRIES = {
    "ar_AA": "EG", "de": "DE", "en": "US", "en_MS": "MY", "es": "ES", "es_CA": "ES", "dk_DK": "DK", "fr_QC": "CA",
    "la": "VA", "sw": "TZ", "th": "TH",
}  # fmt: skip

# The same language in another country, where Faker has no names of the country's own.
# English-speaking immigrants' countries share the American list; fr_QC warns that it is fr_CA now.
_NAMES = {
    "ar_AE": "ar_AA", "ar_BH": "ar_AA", "ar_EG": "ar_AA", "ar_JO": "ar_AA", "dk_DK": "da_DK", "el_CY": "el_GR",
    "en": "en_US", "en_AU": "en_US", "en_CA": "en_US", "fr_QC": "fr_CA", "it_CH": "it_IT", "lb_LU": "de_LU",
    "ng_NG": "en_NG", "de": "de_DE", "es": "es_ES", "th": "th_TH",
}  # fmt: skip
_STREETS = {
    "de_LI": "de_AT", "de_LU": "de_DE", "dk_DK": "da_DK", "el_CY": "el_GR", "en": "en_US", "en_KE": "en_GB",
    "en_NG": "en_GB", "en_PK": "en_GB", "es_CA": "es_ES", "fr_BE": "fr_FR", "fr_QC": "fr_CA", "it_CH": "it_IT",
    "de": "de_DE", "es": "es_ES", "th": "th_TH",
}  # fmt: skip


@lru_cache(maxsize=1)
def locales() -> tuple[str, ...]:
    """Every locale that the installed Faker has, sorted."""
    from faker.config import AVAILABLE_LOCALES  # noqa: PLC0415 - Faker takes long to import, and only people need it

    return tuple(sorted(AVAILABLE_LOCALES))


def checked(locale: str) -> str:
    """The locale as Faker spells it; `de-DE` is taken for `de_DE`.

    Raises:
        UsageError: Faker has no such locale, or there are several.
    """
    given: object = locale
    if isinstance(given, (list, tuple, set, frozenset, dict)):
        raise UsageError(
            f"The locale is {clip(given)}.",
            "All people of one factory, or of one test, have one locale.",
            "Give one text, such as 'en_US'.",
        )
    name = str(locale).replace("-", "_")
    # Faker always has the first; nothing of it need be imported to know that.
    if name != "en_US" and name not in locales():
        raise unknown_name("locale", locale, locales())
    return name


def country_of(locale: str) -> str:
    """The ISO 3166 code, of two letters, of the locale's country."""
    return _COUNTRIES.get(locale, locale[-2:])


def names_from(locale: str) -> str:
    """The locale to ask for names: the one given, or its stand-in."""
    return _NAMES.get(locale, locale)


def streets_from(locale: str) -> str:
    """The locale to ask for streets: the one given, or its stand-in."""
    return _STREETS.get(locale, locale)
