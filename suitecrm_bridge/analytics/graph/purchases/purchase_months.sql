-- reads: customer_days, shown_months
-- makes: one row per customer and month of `shown_months` in which they bought or were refunded:
--   entity, customer_id, place (of the month), cents (refunds deducted)
select
  d.entity as entity,
  d.customer_id as customer_id,
  m.place as place,
  cast(sum(d.cents) as bigint) as cents
from customer_days as d
inner join shown_months as m on d.day between m.first_day and m.last_day
group by d.entity, d.customer_id, m.place
