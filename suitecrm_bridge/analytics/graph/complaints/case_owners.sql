-- reads: case_customers_accounts, case_customers_contacts
-- makes: one row: contacts, accounts (complaints of which one is known)
select
  (select cast(count(*) as bigint) from case_customers_contacts) as contacts,
  (select cast(count(*) as bigint) from case_customers_accounts) as accounts
