"""Deleting a record ends its links, and leaves the date of what it was linked to alone."""


def delete(world, module, id):
    world.clock.advance(hours=25)
    world.store.update(module, id, {"deleted": 1})
    assert world.pull().deleted == {module: 1}


def test_the_cases_of_a_deleted_contact_lose_him(world):
    ((case, contact),) = world.mirrored("SELECT * FROM contacts_cases ORDER BY ALL LIMIT 1")
    delete(world, "Contacts", contact)
    assert world.mirrored("SELECT * FROM contacts_cases WHERE contact_id = ?", contact) == []
    assert world.mirrored("SELECT id FROM cases WHERE id = ?", case) == [(case,)]


def test_the_contacts_of_a_deleted_account_lose_it(world):
    ((contact, account),) = world.mirrored("SELECT * FROM accounts_contacts ORDER BY ALL LIMIT 1")
    delete(world, "Accounts", account)
    assert world.mirrored("SELECT * FROM accounts_contacts WHERE account_id = ?", account) == []
    held = world.mirrored("SELECT account_id FROM contacts WHERE id = ?", contact)
    assert held == [(None,)]


def test_the_opportunities_of_a_deleted_account_lose_it(world):
    ((opportunity, account),) = world.mirrored(
        "SELECT id, account_id FROM opportunities WHERE account_id <> '' ORDER BY ALL LIMIT 1"
    )
    delete(world, "Accounts", account)
    held = world.mirrored("SELECT account_id FROM opportunities WHERE id = ?", opportunity)
    assert held == [(None,)]
