-- reads: customers, often_complaining, review_facts, review_parameters
-- makes: one row per customer to look at: entity, customer_id, then 0 or 1 for each reason:
--   fraud, serial_complainer, late_payer, discount_hunter, unprofitable; and the figures behind
--   them.
with judged as (
  select
    f.entity as entity,
    f.customer_id as customer_id,
    f.fraud as fraud,
    f.complaints as complaints,
    f.rejected as rejected,
    f.bought as bought,
    f.purchases as purchases,
    f.invoices as invoices,
    f.overdue as overdue,
    f.discounted as discounted,
    f.discount_percent as discount_percent,
    f.profit_cents as profit_cents,
    case when o.bought is null then cast(0 as bigint) else cast(1 as bigint) end
      as serial_complainer,
    case when f.overdue >= a.overdue and 100 * f.overdue >= a.overdue_percent * f.invoices
      then cast(1 as bigint) else cast(0 as bigint)
    end as late_payer,
    case when f.invoices >= a.discounted_invoices
      and 100 * f.discounted >= a.discounted_percent * f.invoices
      and f.discount_percent >= a.discount_percent
      then cast(1 as bigint) else cast(0 as bigint)
    end as discount_hunter,
    case when f.profit_cents < 0 and f.purchases >= a.unprofitable_purchases
      then cast(1 as bigint) else cast(0 as bigint)
    end as unprofitable
  from review_facts as f
  inner join (select distinct entity, customer_id from customers) as c
    on c.entity = f.entity and c.customer_id = f.customer_id
  cross join review_parameters as a
  left join often_complaining as o
    on o.entity = f.entity and o.bought = f.bought
    and o.complaints = f.complaints
)
select
  entity,
  customer_id,
  fraud,
  serial_complainer,
  late_payer,
  discount_hunter,
  unprofitable,
  complaints,
  rejected,
  bought,
  purchases,
  invoices,
  overdue,
  discounted,
  discount_percent,
  profit_cents
from judged
where fraud + serial_complainer + late_payer + discount_hunter + unprofitable > 0
order by entity, customer_id
