import pytest

from suitecrm_bridge.analytics.complaints.words import Reader, folded
from suitecrm_bridge.catalogue import theme_rules


def stems(text, *names):
    return Reader(theme_rules(), names).stems(text)


@pytest.mark.parametrize(
    ("text", "plain"), [("ÉTÉ", "ete"), ("Cœur naïf", "coeur naif"), ("straße", "strasse")]
)
def test_accents_case_and_ligatures_are_folded(text, plain):
    assert folded(text) == plain


def test_what_means_the_same_in_two_languages_is_one_word():
    assert stems("livraison delivered LIVRÉE") == ["delivery"] * 3


def test_a_plural_is_its_singular():
    assert stems("chandelles chandelle") == ["chandelle"] * 2


def test_markup_and_entities_are_no_words():
    found = stems("<style>p {color: red}</style><p class='x'>&Eacute;pave&nbsp;rouill&eacute;e</p>")
    assert found == ["epave", "rouillee"]


def test_a_lower_than_sign_is_no_markup():
    assert stems("chandelle < bougie") == ["chandelle", "bougie"]


@pytest.mark.parametrize(
    "text",
    ["jean.dupont@example.org", "https://example.org/chandelle", "06 12 34 56 78", "FR7612X", "zz"],
)
def test_addresses_numbers_and_scraps_are_no_words(text):
    assert stems(text) == []


def test_grammar_and_courtesy_say_nothing():
    assert stems("Bonjour, je n'ai pas reçu. Dear Sir, I have not got it. Cordialement") == []


def test_names_are_no_words_whatever_their_accents_or_number():
    assert stems("Éléonore chandelles", "eleonore", "Chandelle") == []


def test_a_name_that_is_a_word_of_complaints_stays_one():
    assert stems("late", "Late") == ["late"]


def test_a_word_is_shown_as_it_is_mostly_written():
    reader = Reader(theme_rules())
    shown = reader.written(["livraison livraison delivered", "épave", "epave épave"])
    assert shown == {"delivery": "livraison", "epave": "épave"}
