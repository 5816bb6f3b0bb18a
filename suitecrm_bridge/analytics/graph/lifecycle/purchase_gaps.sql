-- reads: customers, silences
-- makes: one row per customer and day with a purchase but their first: entity, customer_id, gap
--   (days since the one before)
with everyone as (
  select distinct entity, customer_id from customers
)
select s.entity as entity, s.customer_id as customer_id, s.next_day - s.day as gap
from silences as s
inner join everyone as e on e.entity = s.entity and e.customer_id = s.customer_id
where s.next_day is not null
