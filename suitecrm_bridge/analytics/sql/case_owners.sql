-- case_customers_contacts, case_customers_accounts -> one row: contacts, accounts (complaints of which
-- one is known)
select
  (select cast(count(*) as bigint) from case_customers_contacts) as contacts,
  (select cast(count(*) as bigint) from case_customers_accounts) as accounts
