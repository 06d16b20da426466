"""Text normalisation: a table of examples in English and in Welsh."""

import random
import time

import pytest

from onestop.speech.spoken_form import spoken_form

ENGLISH = [
    # Telephone numbers
    ("01632 960 200", "oh one six three two, nine six oh, two double oh"),
    ("Call 01632 960 412.", "Call oh one six three two, nine six oh, four one two."),
    ("01632960200", "oh one six three two, nine six oh, two double oh"),
    ("0800 111 999", "oh eight hundred, one one one, nine nine nine"),
    ("0300 123 4567", "oh three hundred, one two three, four five six seven"),
    ("03001234567", "oh three hundred, one two three, four five six seven"),
    ("0808 800 5000", "oh eight oh eight, eight double oh, five oh oh oh"),
    ("020 7946 0018", "oh two oh, seven nine four six, double oh one eight"),
    ("07700 900123", "oh double seven double oh, nine double oh, one two three"),
    ("(01632) 960 200", "oh one six three two, nine six oh, two double oh"),
    ("+44 1632 960 200", "plus double four, one six three two, nine six oh, two double oh"),
    ("In an emergency call 999.", "In an emergency call nine nine nine."),
    ("Ring 111 or 101", "Ring one one one or one oh one"),
    ("0800 99 1234", "oh eight hundred, double nine, one two three four"),
    ("0345 60 50 40", "oh three four five, six oh, five oh, four oh"),
    # Signs and references
    ("See 26/01184/HOU.", "See two six, oh double one eight four, H-O-U."),
    ("a plan at 1:500 or 1:1,250", "a plan at 1 to 500 or 1 to 1250"),
    ("1:50", "one fifty a.m."),
    ("12 m² and 2½ hours", "12 square metres and 2 and a half hours"),
    ("½ an hour", "a half an hour"),
    ("10 x 5 m, ages 16+", "10 by 5 metres, ages 16 or more"),
    ("Room #4, ≥ 3 of ±5", "Room number 4, at least 3 of plus or minus 5"),
    # Dates
    ("2026-12-25", "the twenty-fifth of December, twenty twenty-six"),
    ("25 December 2026", "the twenty-fifth of December, twenty twenty-six"),
    ("Friday 25 December", "Friday the twenty-fifth of December"),
    ("by 1 April", "by the first of April"),
    ("on the 3rd May", "on the third of May"),
    ("25/12/2026", "the twenty-fifth of December, twenty twenty-six"),
    (
        "between 24 and 31 December 2026",
        "between the twenty-fourth and the thirty-first of December, twenty twenty-six",
    ),
    ("24–31 December", "the twenty-fourth to the thirty-first of December"),
    ("1 Sept", "the first of September"),
    ("December 2026", "December twenty twenty-six"),
    ("in 2007 and 1999", "in two thousand and seven and nineteen ninety-nine"),
    ("built in 1905", "built in nineteen oh five"),
    ("in 2026/27", "in twenty twenty-six to twenty-seven"),
    ("May 24 people come", "May 24 people come"),
    ("24 Marches", "24 Marches"),
    # Times
    ("8:30am", "eight thirty a.m."),
    ("9.30am", "nine thirty a.m."),
    ("9:05am", "nine oh five a.m."),
    ("5pm", "five p.m."),
    ("5 p.m.", "five p.m."),
    ("Ring us after 3pm.", "Ring us after three p.m."),
    ("08:30–17:00", "eight thirty a.m. to five p.m."),
    ("08:30 to 17:00", "eight thirty a.m. to five p.m."),
    ("9-11am", "nine to eleven a.m."),
    ("9am-5:30pm", "nine a.m. to five thirty p.m."),
    ("12:00", "twelve noon"),
    ("12pm", "twelve noon"),
    ("12:30", "twelve thirty p.m."),
    ("00:00 to 24:00", "midnight to midnight"),
    ("0:15", "twelve fifteen a.m."),
    ("Mo-Fr 08:30-17:00", "Monday to Friday eight thirty a.m. to five p.m."),
    ("Mon–Sat: 10am", "Monday to Saturday: ten a.m."),
    ("Mon 10:00", "Monday ten a.m."),
    ("The cat sat on Sun Street", "The cat sat on Sun Street"),
    # Money
    ("£1,250", "1250 pounds"),
    ("£3.50", "3 pounds 50"),
    ("£9.05", "9 pounds and 5 pence"),
    ("£12.00", "12 pounds"),
    ("£1", "1 pound"),
    ("£0.60", "60 pence"),
    ("50p", "50 pence"),
    ("1p", "1 penny"),
    ("£1.2 million", "1.2 million pounds"),
    ("£3m", "3 million pounds"),
    ("£10-£20", "10 pounds to 20 pounds"),
    ("It costs £48.", "It costs 48 pounds."),
    ("£2,361.24 a year", "2361 pounds 24 a year"),
    # Amounts
    ("25%", "25 per cent"),
    ("0.5%", "0.5 per cent"),
    ("0°C", "0 degrees"),
    ("-3 °C", "minus 3 degrees"),
    ("2,874 homes", "2874 homes"),
    ("3–5 days", "3 to 5 days"),
    ("aged 11-18", "aged 11 to 18"),
    ("2 sq m", "2 square metres"),
    ("20 m²", "20 square metres"),
    ("1 kg", "1 kilogram"),
    ("240l", "240 litres"),
    ("20mph", "20 miles an hour"),
    # Postcodes, codes and numbers of services
    ("EM4 2QT", "E-M four, two Q-T"),
    ("EM1 1AA", "E-M one, one A-A"),
    ("EM10 0AB", "E-M one zero, zero A-B"),
    ("W1A 1AA", "W one A, one A-A"),
    ("in EM4", "in E-M 4"),
    ("CO2", "C-O 2"),
    ("the A61", "the A61"),
    ("number 214", "number two one four"),
    ("Service 300", "Service three double oh"),
    ("number 12", "number 12"),
    ("a number 2,000", "a number 2000"),
    ("123 456 7890", "one two three, four five six, seven eight nine oh"),
    ("text 65999", "text six five nine nine nine"),
    ("0123", "oh one two three"),
    ("on the 1st, 15th or 26th", "on the first, fifteenth or twenty-sixth"),
    ("the 1960s and 2020s", "the nineteen sixties and twenty twenties"),
    ("under-18s", "under 18s"),
    ("50.8p", "50.8 pence"),
    ("120 g/km", "120 grams per kilometre"),
    ("Monday – Thursday: 9-5pm", "Monday to Thursday: nine to five p.m."),
    ("Tue 8", "Tuesday 8"),
    ("he/she", "he or she"),
    ('the "big" form · open', "the big form, open"),
    ("pay £3-£5", "pay 3 pounds to 5 pounds"),
    # Words
    ("e.g. paint", "for example paint"),
    ("i.e. today, etc.", "that is today, and so on"),
    ("approx 20", "approximately 20"),
    ("approx. 20", "approximately 20"),
    ("Bed & breakfast", "Bed and breakfast"),
    ("open 24/7", "open twenty-four seven"),
    ("bins@eastmere.example", "bins at eastmere dot example"),
    ("council-tax@eastmere.gov.uk", "council dash tax at eastmere dot gov dot U-K"),
    ("https://www.gov.uk/report-pothole", "gov dot U-K slash report dash pothole"),
    ("See www.eastmere.example.", "See eastmere dot example."),
    ("on GOV.UK.", "on gov dot U-K."),
    ("https://example.org/a?b=c", "example dot org slash a"),
]
WELSH = [
    ("0800 99 1234", "dim wyth dim dim, naw naw, un dau tri pedwar"),
    ("26/01184/HOU", "dau chwech, dim un un wyth pedwar, H-O-U"),
    ("1:500", "1 i 500"),
    ("10 x 5 m, 16+", "10 wrth 5 metr, 16 neu fwy"),
    ("2½, 12 m²", "2 a hanner, 12 metr sgwâr"),
    ("#4, ≥ 3", "rhif 4, o leiaf 3"),
    ("01632 960 200", "dim un chwech tri dau, naw chwech dim, dau dim dim"),
    ("Ffoniwch 999.", "Ffoniwch naw naw naw."),
    ("0800 111 999", "dim wyth dim dim, un un un, naw naw naw"),
    ("25 Rhagfyr 2026", "y pumed ar hugain o Ragfyr, dwy fil dau ddeg chwech"),
    ("2026-12-25", "y pumed ar hugain o Ragfyr, dwy fil dau ddeg chwech"),
    ("o 8 Mawrth", "o'r wythfed o Fawrth"),
    ("dydd Gwener 1 Ionawr", "dydd Gwener y cyntaf o Ionawr"),
    ("tan 30 Ebrill", "tan y degfed ar hugain o Ebrill"),
    ("yn 2005", "yn dwy fil a phump"),
    ("yn 1998", "yn mil naw naw wyth"),
    ("2026/27", "dwy fil dau ddeg chwech, dau ddeg saith"),
    ("y 3ydd", "y trydydd"),
    ("yr 20fed", "yr ugeinfed"),
    ("8:30am", "hanner awr wedi wyth y bore"),
    ("9am", "naw o'r gloch y bore"),
    ("5pm", "pump o'r gloch y prynhawn"),
    ("17:45", "chwarter i chwech y prynhawn"),
    ("19:15", "chwarter wedi saith yr hwyr"),
    ("11:50", "deng munud i ddeuddeg y bore"),
    ("8.30 am", "hanner awr wedi wyth y bore"),
    ("Pwyswch 1 am Biniau", "Pwyswch 1 am Biniau"),
    ("8:17am", "un deg saith munud wedi wyth y bore"),
    ("8 am to 6 pm", "wyth o'r gloch y bore tan chwech o'r gloch yr hwyr"),
    ("8 am tan 18:00", "wyth o'r gloch y bore tan chwech o'r gloch yr hwyr"),
    ("8 am – 6 pm", "wyth o'r gloch y bore tan chwech o'r gloch yr hwyr"),
    ("Mae ar agor o 8 am.", "Mae ar agor o wyth o'r gloch y bore."),
    ("Pwyswch 2 am 8 am.", "Pwyswch 2 am wyth o'r gloch y bore."),
    ("Dydd Llun – Dydd Iau: 9am", "Dydd Llun i ddydd iau: naw o'r gloch y bore"),
    ("ffurflen · ar agor", "ffurflen, ar agor"),
    ("50.8p", "50.8 ceiniog"),
    ("12:00", "hanner dydd"),
    ("08:30–17:00", "hanner awr wedi wyth y bore tan pump o'r gloch y prynhawn"),
    ("Mo-Fr", "dydd Llun i ddydd Gwener"),
    ("£1,250", "1250 o bunnoedd"),
    ("£5", "pum punt"),
    ("£3.50", "tair punt 50 ceiniog"),
    ("£2.00", "dwy bunt"),
    ("6p", "chwe cheiniog"),
    ("25%", "25 y cant"),
    ("0°C", "0 gradd"),
    ("2,874 o gartrefi", "2874 o gartrefi"),
    ("20 m", "20 metr"),
    ("EM4 2QT", "E-M pedwar, dau Q-T"),
    ("rhif 214", "rhif dau un pedwar"),
    ("e.e. paent", "er enghraifft paent"),
    ("Gwely & brecwast", "Gwely a brecwast"),
    ("bins@eastmere.example", "bins at eastmere dot example"),
    ("GOV.UK", "gov dot iw cei"),
]


@pytest.mark.parametrize(("written", "said"), ENGLISH)
def test_english(written: str, said: str) -> None:
    assert spoken_form(written, "en").removesuffix(".") == said.removesuffix(".")


@pytest.mark.parametrize(("written", "said"), WELSH)
def test_welsh(written: str, said: str) -> None:
    assert spoken_form(written, "cy").removesuffix(".") == said.removesuffix(".")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("two\nlines\tand\x00more\x01\x1b[2J", "two lines and more 2J."),
        ("[[h@'loU]] <speak>", "h@'loU speak."),
        ("--voice=x -f /etc/passwd", "--voice=x -f /etc/passwd."),
        ("a\u200bb\ud800c\ufeff", "abc."),
        ("Why?", "Why?"),
        ("“Yes.”", "“Yes.”"),
        ("", ""),
        ("* — •", ""),
        ("\n\n", ""),
    ],
)
def test_markup_and_commands_of_engines_are_removed(written: str, said: str) -> None:
    assert spoken_form(written, "en") == said


def test_a_language_without_rules_is_not_normalised() -> None:
    assert spoken_form("O 8:30 za £5", "pl") == "O 8:30 za £5."


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize(
    "unit", ["9", "a.", "1 ", "£1,", "0 ", "x@", "x-", "www.", "https://a/", "12:", "AB1 ", "01632 ", "1-"]
)
def test_normalising_long_hostile_text_is_fast(unit: str, language: str) -> None:
    text = unit * (100_000 // len(unit))
    began = time.process_time()
    spoken_form(text, language)
    assert time.process_time() - began < 3


@pytest.mark.parametrize("language", ["en", "cy"])
def test_any_text_has_a_spoken_form(language: str) -> None:
    dice = random.Random(7)
    parts = [
        *"0123456789:.,-–/£%@° \nAEZaez&",
        "December",
        "Rhagfyr",
        " am",
        "pm",
        "EM4",
        "00",
        "2026",
        "m²",
        "²",
        "½",
        "٣",
    ]
    for _ in range(3000):
        text = "".join(dice.choice(parts) for _ in range(dice.randrange(1, 30)))
        assert "\n" not in spoken_form(text, language)
