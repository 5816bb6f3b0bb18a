"""What is planted in the demo base is found by the scores, and hardly anybody else is."""

import pytest

from suitecrm_bridge.analytics import offers, rfm
from suitecrm_bridge.analytics.complaints import competitors, timeline
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.errors import CatalogueError
from suitecrm_bridge.insights.complaints.texts import find_competitors, find_themes
from suitecrm_bridge.insights.worth import give_facts
from suitecrm_bridge.jobs.demo import fill
from suitecrm_bridge.sandbox import Sandbox
from suitecrm_bridge.sandbox.demo import truths
from tests.flows.world import DAY, Clock, world_of

pytestmark = pytest.mark.story

CUSTOMERS, SEED = 1_500, 1
SIGNS = {
    "serial_complainers": "Complains often",
    "late_payers": "Pays late",
    "discount_hunters": "Buys at a discount",
    "costly": "Unprofitable",
}
ENOUGH = 10
"""Invoices by which a habit shows; who bought twice has none yet."""


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """A mirror that has read and scored the base."""
    folder = tmp_path_factory.mktemp("truths")
    database = folder / "filled.sqlite"
    with Sandbox(path=database, clock=Clock()) as sandbox:
        fill(sandbox.store, CUSTOMERS, SEED, DAY)
    with world_of(folder, database, routes=True) as opened:
        opened.pull(BRIDGE_PAGE_SIZE="5000")
        opened.score(BRIDGE_MIN_BUYERS="30")
        yield opened


@pytest.fixture(scope="module")
def planted():
    return truths(CUSTOMERS, SEED, DAY)


def flagged(found, entity="contacts"):
    rows = found.mirrored(
        f"SELECT customer_id, review_reason_en FROM scores_{entity} WHERE review_flag"
    )
    return {name: {who for who, why in rows if sign in why} for name, sign in SIGNS.items()}


def habitual(found, customers):
    """Those of them with enough purchases that a habit shows."""
    rows = found.mirrored(
        "SELECT customer_id FROM scores_contacts WHERE purchase_count >= ?", ENOUGH
    )
    return {row[0] for row in rows} & customers


@pytest.mark.parametrize("trait", SIGNS)
def test_whoever_has_a_trait_and_bought_enough_to_show_it_is_flagged_for_it(found, planted, trait):
    wanted = getattr(planted, trait)
    if trait != "serial_complainers":
        wanted = habitual(found, wanted)
    assert wanted
    assert wanted <= flagged(found)[trait]


@pytest.mark.parametrize("trait", SIGNS)
def test_hardly_anybody_is_flagged_for_a_trait_that_he_lacks(found, planted, trait):
    others = flagged(found)[trait] - getattr(planted, trait)
    if trait == "discount_hunters":
        # Who pays less than the goods cost does buy at a discount.
        others -= planted.costly
    assert len(others) <= CUSTOMERS // 500


def test_companies_are_flagged_for_what_their_contacts_are_planted_with(found, planted):
    links = dict(found.mirrored("SELECT contact_id, account_id FROM accounts_contacts"))
    for trait in ("late_payers", "costly"):
        companies = {links[contact] for contact in getattr(planted, trait)}
        assert flagged(found, "accounts")[trait] <= companies
        assert flagged(found, "accounts")[trait]


def test_the_planted_pair_is_the_strongest_rule(found, planted):
    with found.context() as context:
        engine = Engine(context.mirror.connection)
        rfm.compute(engine, {"contacts": "fifths"}, "invoices", DAY, 30)
        give_facts(context.mirror, engine)
        offers.compute(engine, DAY)
        rules = engine.fetch("product_rules")
    rules = rules[(rules["entity"] == "contacts") & (rules["side"] == "now")]
    strongest = rules[rules["place"] == 1].iloc[0]
    assert {strongest["product_id"], strongest["offered_id"]} == set(planted.pair)


def test_what_is_offered_is_what_was_right_more_often_on_the_bases_own_past(found):
    """Customers of the demo come back for what sells best: no rule hits it more often."""
    told = dict(
        found.mirrored(
            "SELECT offer_basis, any_value(value_reason_en) FROM scores_contacts"
            " WHERE next_offer IS NOT NULL GROUP BY ALL"
        )
    )
    assert told
    assert all("Tried on past sales" in why for why in told.values())
    for basis, tested, hits, naive in found.mirrored(
        "SELECT DISTINCT offer_basis, offer_tested, offer_hits, offer_naive_hits"
        " FROM scores_contacts WHERE next_offer IS NOT NULL"
    ):
        assert tested >= hits > naive, basis


def scored(found, column):
    query = f"SELECT customer_id, {column} FROM scores_contacts WHERE {column} IS NOT NULL"
    return dict(found.mirrored(query))


def test_who_calls_in_the_evening_is_told_apart_from_everybody_else(found, planted):
    named = {who for who, moment in scored(found, "best_moment").items() if "evening" in moment}
    assert len(named & planted.evening) >= 0.75 * len(planted.evening)
    assert len(named - planted.evening) <= CUSTOMERS // 200


def test_whoever_uses_a_product_up_is_expected_to_buy_it_next(found, planted):
    (name,) = found.mirrored("SELECT name FROM products WHERE id = ?", planted.refill_product)[0]
    needs = scored(found, "next_need")
    assert planted.refillers
    assert {needs.get(who) for who in planted.refillers} == {name}
    assert len(needs.keys() - planted.refillers) <= CUSTOMERS // 100


def test_who_gave_an_idea_is_listed(found, planted):
    givers = scored(found, "ideas").keys()
    assert planted.idea_givers <= givers
    assert len(givers - planted.idea_givers) <= CUSTOMERS // 200


@pytest.fixture(scope="module")
def texts(found):
    """A context and an engine in which the complaints stand."""
    with found.context() as context:
        engine = Engine(context.mirror.connection)
        context.mirror.facts.define_complaints()
        timeline.prepare(engine, DAY)
        yield context, engine


def _themes(context, engine):
    return find_themes(context.mirror, Rules(context.settings.home), engine, "en")


def test_the_planted_rival_is_named_most_and_lost_to_without_being_listed(texts, planted):
    context, engine = texts
    find_competitors(context.rules, engine, DAY)
    first = competitors.summary(engine).iloc[0]
    assert first["competitor"] == planted.rival
    assert first["lost"] > 0 < first["lost_cents"]
    assert first["cases"] > 0 < first["opportunities"]


def test_themes_are_found_and_called_the_same_the_next_time(texts):
    context, engine = texts
    first = _themes(context, engine)
    assert len(first.keep) > 2
    assert _themes(context, engine) == first
    assert context.mirror.themes.known() == first.keep


def test_people_name_a_theme_in_their_own_file(texts):
    context, engine = texts
    slug = _themes(context, engine).keep[0].slug
    own = context.settings.home / "themes.toml"
    own.write_text(f'[themes.{slug}]\ntitle = "Ours"\n', encoding="utf-8")
    assert _themes(context, engine).titles[slug] == "Ours"
    own.write_text("[themes.x]\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="line 1"):
        _themes(context, engine)
    own.unlink()
