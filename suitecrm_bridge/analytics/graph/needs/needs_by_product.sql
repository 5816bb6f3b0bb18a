-- reads: as_of, need_parameters, needs
-- makes: one row per product that is due within the next days, or overdue: entity, product_id, customers,
--   quantity_thousandths, first_day (on which the first one is due), overdue (customers).
select
  n.entity as entity,
  n.product_id as product_id,
  cast(count(*) as bigint) as customers,
  cast(sum(n.quantity_thousandths) as bigint) as quantity_thousandths,
  min(n.due_day) as first_day,
  cast(sum(case when n.due_day < a.as_of_day then 1 else 0 end) as bigint) as overdue
from needs as n
cross join as_of as a
cross join need_parameters as p
where n.due_day <= a.as_of_day + p.ahead_days
group by n.entity, n.product_id
