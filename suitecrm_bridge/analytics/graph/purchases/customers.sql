-- reads: customers_accounts, customers_contacts, purchase_rule
-- makes: one row per customer of the kinds that are asked for: entity, customer_id
with everyone as (
  select 'contacts' as entity, customer_id from customers_contacts
  union all
  select 'accounts' as entity, customer_id from customers_accounts
)
select e.entity as entity, e.customer_id as customer_id
from everyone as e
inner join purchase_rule as r on r.entity = e.entity
