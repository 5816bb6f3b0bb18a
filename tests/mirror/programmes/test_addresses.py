"""Which addresses no letter could reach, as far as they tell by themselves."""

import pytest

from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.programmes.addresses import macro

GOOD = {
    "France": ["75011", "75 011", "F-75011", " 20200 ", "97400"],
    "fr": ["01000"],
    "FRANCE": ["33000"],
    "Belgique": ["1000", "B-1000"],
    "België": ["9000"],
    "Suisse": ["1204", "CH-1204"],
    "Österreich": ["1010", "A-1010"],
    "Deutschland": ["01067", "D-10115"],
    "U.K.": ["SW1A 1AA", "m1 1ae", "EC1A1BB", "GIR 0AA"],
    "United States": ["10001", "10001-1234", "NY 10001"],
    "États-Unis": ["94103"],
    "Canada": ["H2X 1Y4", "h2x1y4", "K1A-0B1"],
    "Nederland": ["1012 AB", "1012ab"],
    "Portugal": ["1000-001"],
    "Ireland": ["D02 X285"],
    "Sverige": ["111 22"],
    "Polska": ["00-950"],
    "Luxembourg": ["L-1009"],
    "Atlantis": ["anything at all"],
    "": ["12"],
}
BAD = {
    "France": ["7501", "750111", "ABCDE", "SW1A 1AA", "75O11"],
    "Belgique": ["75011", "0100"],
    "Schweiz": ["10115"],
    "Germany": ["1011", "1011A"],
    "Royaume-Uni": ["75011", "SW1A"],
    "USA": ["1000", "H2X 1Y4"],
    "Canada": ["10001", "D2X 1Y4", "H2X 1Y"],
    "Pays-Bas": ["1012"],
}


@pytest.fixture(scope="module")
def asked():
    with Mirror.in_memory() as mirror:
        mirror.connection.execute(macro())
        yield lambda country, code: mirror.connection.execute(
            "SELECT bad_postcode(?, ?)", [country, code]
        ).fetchone()[0]


@pytest.mark.parametrize(("country", "code"), [(c, one) for c in GOOD for one in GOOD[c]])
def test_a_code_that_a_letter_may_have_is_let_through(asked, country, code):
    assert asked(country, code) is False


@pytest.mark.parametrize(("country", "code"), [(c, one) for c in BAD for one in BAD[c]])
def test_a_code_that_no_letter_of_the_country_has_is_found(asked, country, code):
    assert asked(country, code) is True


def test_nothing_is_said_of_an_address_without_a_code_or_a_country(asked):
    assert asked("France", None) is False
    assert asked(None, "x") is False
