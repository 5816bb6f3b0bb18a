"""Over many nights nobody is addressed against their will, too often, or twice for one thing."""

from collections import Counter, defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from suitecrm_bridge.mirror import Mirror
from tests.programmes.nights import BY_CHANNEL, CALL, CAP, FLAGS, PEOPLE, RULES, Nights

CHANGES = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),
        st.fixed_dictionaries(
            {
                "wrong": st.sets(st.sampled_from(sorted(FLAGS)), max_size=1),
                "segment": st.sampled_from(["new", "champions", "loyal"]),
                "stake": st.sampled_from([0, 1, 2]),
                "offer": st.sampled_from(["lamp", "chair", None]),
                "serious": st.booleans(),
            }
        ),
    ),
    max_size=6,
)
NIGHTS = st.lists(
    st.tuples(CHANGES, st.sampled_from(["", "killed", "again"])), min_size=4, max_size=9
)


@given(NIGHTS)
@settings(max_examples=6, deadline=None)
def test_whatever_happens_from_night_to_night_everybody_is_treated_as_they_want(nights):
    with Mirror.in_memory() as mirror:
        world, how = Nights(mirror), defaultdict(dict)
        for changes, accident in nights:
            for person, stands in changes:
                world.set(person, **stands)
                how[person] = stands
            before = world.state()
            found = world.plan()
            if accident == "killed":
                assert world.state() == before
                assert world.plan().plan.equals(found.plan)
            world.accept(found)
            if accident == "again":
                kept = world.state()
                again = world.plan()
                assert not set(again.plan["decision"]) & {"enters", "leaves"}
                world.accept(again)
                assert world.state() == kept
            _check_night(world, how)
            world.tomorrow()
        _check_all(world)


def _check_night(world, how):
    """Check what was done today, and who is on a list now."""
    today = [row for row in world.contacts() if row[4] == world.day]
    for programme, _, person, channel, _ in today:
        assert not set(how[person].get("wrong", ())) & BY_CHANNEL[channel], (programme, person)
        assert not how[person].get("serious"), (programme, person)
    listed = world.run(
        "SELECT programme, wave, person FROM programme_enrolments WHERE ended IS NULL"
        " AND NOT paused AND arm = 'treated'"
    ).fetchall()
    for programme, wave, person in listed:
        channel = next(w.channel for w in RULES.programmes[programme].waves if w.key == wave)
        assert not set(how[person].get("wrong", ())) & BY_CHANNEL[channel], (programme, person)
        assert not how[person].get("serious"), (programme, person)
    offered = world.run(
        "SELECT person, product FROM programme_enrolments WHERE ended IS NULL AND product <> ''"
        " AND arm = 'treated' GROUP BY ALL HAVING count(DISTINCT programme) > 1"
    ).fetchall()
    assert offered == []
    late = world.run("SELECT * FROM programme_waiting WHERE due <= ?", [world.day]).fetchall()
    assert late == []


def _check_all(world):
    """Check everything that was ever done."""
    made = world.contacts()
    by_person = defaultdict(list)
    for programme, _, person, _, day in made:
        by_person[person].append((day, programme))
    for days in by_person.values():
        for last, programme in days:
            within = [d for d, _ in days if 0 <= (last - d).days < CAP.days]
            assert len(within) <= CAP.contacts
            if programme == CALL.key:
                assert sum(0 <= (last - d).days < CALL.cap.days for d, _ in days) == 1
    at_once = Counter((programme, person, day) for programme, _, person, _, day in made)
    assert set(at_once.values()) <= {1}
    spent = sum(programme == CALL.key for programme, *_ in made)
    assert spent <= CALL.budget
    controls = set(
        world.run(
            "SELECT programme, person FROM programme_enrolments WHERE arm = 'control'"
        ).fetchall()
    )
    assert not controls & {(programme, person) for programme, _, person, _, _ in made}
    twice = world.run(
        "SELECT programme, person FROM programme_enrolments WHERE ended IS NULL"
        " GROUP BY ALL HAVING count(*) > 1"
    ).fetchall()
    assert twice == []
