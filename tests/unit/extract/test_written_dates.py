"""Dates as readers are shown them, in the languages and calendars of newspapers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.extract.calendars import day, jalali_day
from archivist.extract.months import MONTHS, WEEKDAYS, month_number, weekday_number
from archivist.extract.written_dates import find_date, is_nothing_but, partial_date, written_date

WRITTEN = {
    ("17 November 2026, 06:30", "en-GB"): "2026-11-17T06:30",
    ("November 17, 2026 at 6:30 p.m. ET", "en-US"): "2026-11-17T18:30-05:00",
    ("July 17, 2026 at 6:30 p.m. ET", "en-US"): "2026-07-17T18:30-04:00",
    ("Monday, November 18th, 2019 at 11:04 a.m.", "en"): "2019-11-18T11:04",
    ("12:04 AM GMT, May 1, 2026", "en"): "2026-05-01T00:04Z",
    ("May 2026", "en"): "2026-05",
    ("5/8/2023", "en-US"): "2023-05-08",
    ("5/8/2023", "en-GB"): "2023-08-05",
    ("5/8/2023", "en"): None,
    ("5/8/2023", None): None,
    ("25/8/2023", None): "2023-08-25",
    ("8/8/2023", None): "2023-08-08",
    ("20.10.2025", "de"): "2025-10-20",
    ("13. Mai 2026 um 15:44 Uhr", "de"): "2026-05-13T15:44",
    ("Aktualisiert 18.11.2026, 6.30 Uhr", "de"): "2026-11-18T06:30",
    ("le 3 février 2026 à 18h15", "fr"): "2026-02-03T18:15",
    ("3 de mayo de 2026", "es"): "2026-05-03",
    ("3 maggio 2026", "it"): "2026-05-03",
    ("3 mei 2026", "nl"): "2026-05-03",
    ("3 maja 2026", "pl"): "2026-05-03",
    ("3 мая 2026", "ru"): "2026-05-03",
    ("2024年04月24日23:52", "zh"): "2024-04-24T23:52",
    ("2026. 5. 3. 오후 6:15", "ko"): "2026-05-03T18:15",
    ("5 hours ago", "en"): None,
    ("Updated 0:00", "en"): None,
    ("Updated:", "en"): None,
    ("31 February 2026", "en"): None,
    ("1.2.3.4", "de"): None,
    ("Published Fri, Apr 28 20232:23 PM EDT", "en"): "2023-04-28T14:23-04:00",
    ("21.dez.2018 às 12h55", "pt-BR"): "2018-12-21T12:55",
    ("June 30, 2026 - 4.34pm", "en"): "2026-06-30T16:34",
    ("11/19/19 06:56 AM EST", "en-US"): "2019-11-19T06:56-05:00",
    ("Wed, 05/22/2019 - 5:36pm", "en"): "2019-05-22T17:36",
    ("25 de mayo de 2025 16:51 h", "es"): "2025-05-25T16:51",
    ("الأربعاء 24 أبريل 2024 - 10:15 م", "ar"): "2024-04-24T22:15",
    ("٢٤ نيسان ٢٠٢٤ ١٢:٤٢", "ar"): "2024-04-24T12:42",
    ("15 كانون الثاني 2024", "ar"): "2024-01-15",
    ("۵ اردیبهشت ۱۴۰۳ - ۱۰:۲۰", "fa"): "2024-04-24T10:20",
    ("۱۴۰۳/۰۲/۰۵ ۱۰:۲۰", "fa"): "2024-04-24T10:20",
    ("17 בנובמבר 2026, 10:15", "he"): "2026-11-17T10:15",
    ("17.11.2026 | 10:15", "he"): "2026-11-17T10:15",
    ("24 अप्रैल 2024, 04:20 PM IST", "hi"): "2024-04-24T16:20+05:30",
    ("२४ अप्रैल २०२४", "hi"): "2024-04-24",
    ("২৪ এপ্রিল ২০২৪, ১০:১৫ পিএম", "bn"): "2024-04-24T22:15",
    ("প্রকাশ: ২৪ এপ্রিল ২০২৪, ১০: ১৫", "bn"): "2024-04-24T10:15",
    ("21 มกราคม 2562 เวลา 13.49 น.", "th"): "2019-01-21T13:49",
    ("21 ม.ค. 2562 13:49 น.", "th"): "2019-01-21T13:49",
    ("21ม.ค.62", "th"): "2019-01-21",
    ("21/01/2562", "th"): "2019-01-21",
    ("2024年4月24日 下午3:15", "zh"): "2024-04-24T15:15",
    ("民國113年4月24日", "zh-TW"): "2024-04-24",
    ("113/04/24 10:15", "zh-TW"): "2024-04-24T10:15",
    ("令和6年4月24日 午後3時5分", "ja"): "2024-04-24T15:05",
    ("令和6年4月24日 午後3時05分", "ja"): "2024-04-24T15:05",
    ("令和元年5月1日", "ja"): "2019-05-01",
    ("2024年4月24日（水）18時05分", "ja"): "2024-04-24T18:05",
    ("2023.11.02. 오후 8:06", "ko"): "2023-11-02T20:06",
    ("2024년 4월 24일 오전 9시 15분", "ko"): "2024-04-24T09:15",
    ("Thứ tư, 22/10/2025, 19:25 (GMT+7)", "vi"): "2025-10-22T19:25+07:00",
    ("ngày 22 tháng 10 năm 2025", "vi"): "2025-10-22",
    ("22 Tháng Mười Một, 2025 10:15 CH", "vi"): "2025-11-22T22:15",
    ("Senin, 24 Apr 2024 18:30 WIB", "id"): "2024-04-24T18:30+07:00",
    ("24 Απριλίου 2024, 10:15 μ.μ.", "el"): "2024-04-24T22:15",
    ("24 ΑΠΡΙΛΙΟΥ 2024", "el"): "2024-04-24",
    ("2024. április 24., szerda 10:15", "hu"): "2024-04-24T10:15",
    ("2024.04.24. 10:15", "hu"): "2024-04-24T10:15",
    ("2024. április 24. du. 3:15", "hu"): "2024-04-24T15:15",
    ("24. dubna 2024 v 10:15", "cs"): "2024-04-24T10:15",
    ("24. 4. 2024 10:15", "cs"): "2024-04-24T10:15",
    ("24 kwietnia 2024, godz. 10:15", "pl"): "2024-04-24T10:15",
    ("24. huhtikuuta 2024 klo 10.15", "fi"): "2024-04-24T10:15",
    ("24.4.2024 klo 10.15", "fi"): "2024-04-24T10:15",
    ("2024 m. balandžio 24 d. 10:15", "lt"): "2024-04-24T10:15",
    ("2021. gada 3. janvārī, 17:40", "lv"): "2021-01-03T17:40",
    ("3. janvāris 2021", "lv"): "2021-01-03",
    ("24 aprilie 2024 ora 10:15", "ro"): "2024-04-24T10:15",
    ("24 Nisan 2024 Çarşamba 10:15", "tr"): "2024-04-24T10:15",
    ("24 квітня 2024, 10:15", "uk"): "2024-04-24T10:15",
    ("24 апреля 2024, 10:15 МСК", "ru"): "2024-04-24T10:15+03:00",
    ("24 апреля 2024 г. в 10:15", "ru"): "2024-04-24T10:15",
    ("12. MÄR 2025 18:03", "de"): "2025-03-12T18:03",
    ("18.11.2026, 6.30 Uhr MEZ", "de"): "2026-11-18T06:30+01:00",
    ("9:10 PM · 24 Apr 2024", "en"): "2024-04-24T21:10",
    ("25.4.24", "de"): "2024-04-25",
    ("05.08.24 kl. 14:47", "no"): "2024-08-05T14:47",
    ("Sep 2, 2024, 17:07 IST", "en"): "2024-09-02T17:07",
    ("Tue 3 May 2016 // 16:26 UTC", "en"): "2016-05-03T16:26Z",
    ("Friday, 22 Nov 2024 4:55 PM MYT", "en"): "2024-11-22T16:55+08:00",
    ("14:40, Feb 17 2021", "en"): "2021-02-17T14:40",
    ("mercredi 15 mai 2019 à 08h07", "fr"): "2019-05-15T08:07",
    ("15 Mai 2019 à 6h", "fr"): "2019-05-15T06:00",
    ("Av 3. maí 2024", "is"): "2024-05-03",
    ("2024ko apirilaren 24a", "eu"): "2024-04-24",
    ("24 Ogos 2024, 4:55 petang", "ms"): "2024-08-24T16:55",
    ("2026-01-08 | 12:42", "ar"): "2026-01-08T12:42",
    ("JAN. 21, 2010", "en"): "2010-01-21",
    ("8:48 PM ET, June 7, 2019", "en"): "2019-06-07T20:48-04:00",
    ("1er mars 2024", "fr"): "2024-03-01",
    ("3 d'abril de 2024 a les 10.15", "ca"): "2024-04-03T10:15",
    ("2024年4月24日 9点15分", "zh"): "2024-04-24T09:15",
    ("24 Απρ 2024", "el"): "2024-04-24",
    ("24 Απριλίου 2024 στις 10:15 π.μ.", "el"): "2024-04-24T10:15",
    ("Posted 1 May 2024 | 3.5 million", "en"): "2024-05-01",
    ("24 april 2024 om 9.05 uur", "nl"): "2024-04-24T09:05",
    ("24.04.2024 10:15 ч.", "bg"): "2024-04-24T10:15",
    ("", None): None,
}


@pytest.mark.parametrize(
    ("text", "language", "value"), [(*key, value) for key, value in WRITTEN.items()], ids=range(len(WRITTEN))
)
def test_written_dates(text: str, language: str | None, value: str | None) -> None:
    """Day, time and zone as a reader understands them; what can be read in two ways is no date."""
    assert value == written_date(text, language=language)


KNOWN = {
    ("5/8/2023", "en", "2023-05-08T10:00Z"): "2023-05-08",
    ("5/8/2023", "en", "2023-08-05"): "2023-08-05",
    ("5/8/2023", "en-US", "2023-08-05T23:00Z"): "2023-08-05",
    ("5/8/2023", "en", "2023-08-06T01:00+03:00"): "2023-08-05",
    ("5/8/2023", "en", "2023-09-01"): None,
    ("5/8/2023", "zh", "2020"): None,
}


@pytest.mark.parametrize(("case", "value"), KNOWN.items(), ids=range(len(KNOWN)))
def test_numbers_are_decided_by_what_the_page_knows(case: tuple[str, str, str], value: str | None) -> None:
    """A date of the mark-up tells which number is the month, whatever the language says."""
    text, language, known = case

    assert value == written_date(text, language=language, known=[known])


PARTIAL = {
    ("Saturday at 10:30 a.m. ET", "en", "2019-06-07"): "2019-06-08T10:30-04:00",
    ("Friday at 9 p.m.", "en", "2019-06-07"): "2019-06-07T21:00",
    ("sobotu v 10:30", "cs", "2019-06-07"): "2019-06-08T10:30",
    ("November 18 at 4:46 PM", "en", "2019-11-18"): "2019-11-18T16:46",
    ("January 2 at 4:46 PM", "en", "2019-12-30"): "2020-01-02T16:46",
    ("8 января, 17:46", "ru", "2026-01-08"): "2026-01-08T17:46",
    ("4月25日 18時05分", "ja", "2024-04-24"): "2024-04-25T18:05",
    ("25.4. 10:15", "cs", "2024-04-24"): "2024-04-25T10:15",
    ("kl 12.17", "sv", "2025-10-23"): "2025-10-23T12:17",
    ("alle 16:01", "it", "2025-01-05T15:01:17Z"): "2025-01-05T16:01",
    ("5.5. 10:15", "fi", "2024-05-04"): "2024-05-05T10:15",
    ("4/5(金) 10:15", "ja", "2024-04-04"): "2024-04-05T10:15",
    ("04/05 10:15", "fr", "2024-05-03"): "2024-05-04T10:15",
    ("4/5, 10:15", "en", "2024-04-04"): "2024-04-05T10:15",
    ("4/5, 10:15", "en", "2024-12-24"): None,
    ("Heute, 12:37 Uhr", "de", "2025-01-05"): None,
    ("5 hours ago", "en", "2025-01-05"): None,
    ("in the third quarter", "en", "2025-01-05"): None,
    ("Saturday", "en", "2019-06-07"): None,
    ("12:17", "en", "2025-10"): None,
}


@pytest.mark.parametrize(("case", "value"), PARTIAL.items(), ids=range(len(PARTIAL)))
def test_what_a_line_leaves_out_is_taken_from_a_known_date(case: tuple[str, str, str], value: str | None) -> None:
    """The year, the day of a weekday, the day of a clock: from the page, never from today."""
    text, language, known = case
    found = partial_date(text, language=language, known=[known], is_announced=True)

    assert value == (found.value if found else None)


def test_a_clock_without_announcement_is_a_players() -> None:
    """Only behind "Updated" or its like is a clock enough, and a day without year and time."""
    for text in ("12:17", "November 18"):
        assert partial_date(text, language="en", known=["2019-11-18"], is_announced=False) is None
    assert partial_date("12:17", language="en", known=[], is_announced=True) is None


def test_what_stands_around_a_date_is_told() -> None:
    """The rest of a line decides whether it is one of dates."""
    found = find_date("Oslo, Tuesday 17 November 2026 at 06:30 (GMT+1)", language="en")

    assert found is not None
    assert found.value == "2026-11-17T06:30+01:00"
    assert is_nothing_but(found.before, found.after)
    assert not is_nothing_but("The winter of the cranes began on", "")


@pytest.mark.parametrize("language", sorted(MONTHS))
def test_all_months_have_names(language: str) -> None:
    """Each table has twelve months, and each name is read back in its language, with a full stop or in capitals."""
    assert set(MONTHS[language].values()) == set(range(1, 13))
    for name, month in MONTHS[language].items():
        assert month == month_number(name, language) == month_number(f"{name}.", f"{language}-XX")
        assert month == month_number(name.upper(), language) or name.upper().lower() != name


@pytest.mark.parametrize("language", sorted(WEEKDAYS))
def test_all_weekdays_have_names(language: str) -> None:
    """Each table has seven days."""
    assert set(WEEKDAYS[language].values()) == set(range(7))
    assert all(number == weekday_number(name, language) for name, number in WEEKDAYS[language].items())


@given(st.dates(min_value=date(1866, 1, 1), max_value=date(2122, 1, 1)))
def test_solar_hijri_years_follow_each_other(first: date) -> None:
    """Every day of our calendar has one name in that calendar, and the next day has the next one."""
    year = first.year - 622
    days = [
        value
        for y in (year, year + 1)
        for month in range(1, 13)
        for n in range(1, 32)
        if (value := jalali_day(y, month, n))
    ]

    assert days == [(date.fromisoformat(days[0]) + timedelta(days=n)).isoformat() for n in range(len(days))]


def test_other_calendars() -> None:
    """Solar Hijri by its new year's days, the Buddhist era by its distance; what is no day is none."""
    assert ["2020-03-20", "2021-03-21", "2024-03-20", "2025-03-21"] == [
        jalali_day(year, 1, 1) for year in (1399, 1400, 1403, 1404)
    ]
    assert jalali_day(1402, 12, 30) is None
    assert jalali_day(1403, 12, 30) == "2025-03-20"
    assert jalali_day(1403, 13, 1) is None
    assert day(2567, 4, 24) == "2024-04-24"
    assert day(1403, 4, 24) is None
    assert day(2300, 1, 1) is None
