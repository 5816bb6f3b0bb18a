-- reads: as_of, complaint_facts, customer_profit, customers, fraud_facts, invoice_terms,
--   purchase_days, purchases
-- makes: one row per customer with what `review.sql` judges.
with invoiced as (
  select
    p.entity as entity,
    p.customer_id as customer_id,
    cast(count(*) as bigint) as invoices,
    cast(sum(case
      when t.unpaid = 1 and t.due_day < a.as_of_day then 1 else 0
    end) as bigint) as overdue,
    cast(sum(case when t.list_cents > t.sold_cents then 1 else 0 end) as bigint) as discounted,
    cast(sum(t.list_cents) as bigint) as list_cents,
    cast(sum(case when t.list_cents > t.sold_cents then t.list_cents - t.sold_cents else 0 end)
      as bigint) as discount_cents
  from purchases as p
  inner join invoice_terms as t on t.invoice_id = p.purchase_id
  cross join as_of as a
  where p.day <= a.as_of_day and p.cents > 0
  group by p.entity, p.customer_id
),
bought_days as (
  select
    entity,
    customer_id,
    cast(count(*) as bigint) as purchases
  from purchase_days
  group by entity, customer_id
),
complained as (
  select
    c.entity as entity,
    c.customer_id as customer_id,
    cast(count(distinct c.case_id) as bigint) as complaints,
    cast(count(distinct case when c.rejected = 1 then c.case_id end) as bigint) as rejected
  from complaint_facts as c
  cross join as_of as a
  where c.day <= a.as_of_day
  group by c.entity, c.customer_id
),
frauds as (
  select distinct entity, customer_id from fraud_facts
)
select
  c.entity as entity,
  c.customer_id as customer_id,
  case when f.customer_id is null then cast(0 as bigint) else cast(1 as bigint) end as fraud,
  coalesce(m.complaints, cast(0 as bigint)) as complaints,
  coalesce(m.rejected, cast(0 as bigint)) as rejected,
  coalesce(b.purchases, cast(0 as bigint)) as bought,
  coalesce(b.purchases, cast(0 as bigint)) as purchases,
  coalesce(i.invoices, cast(0 as bigint)) as invoices,
  coalesce(i.overdue, cast(0 as bigint)) as overdue,
  coalesce(i.discounted, cast(0 as bigint)) as discounted,
  case when i.list_cents > 0
    then cast(floor(
      cast(cast(100 as double) * i.discount_cents as double) / cast(i.list_cents as double)
    ) as bigint)
    else cast(0 as bigint)
  end as discount_percent,
  r.profit_cents as profit_cents
from (select distinct entity, customer_id from customers) as c
left join frauds as f on f.entity = c.entity and f.customer_id = c.customer_id
left join complained as m on m.entity = c.entity and m.customer_id = c.customer_id
left join bought_days as b on b.entity = c.entity and b.customer_id = c.customer_id
left join invoiced as i on i.entity = c.entity and i.customer_id = c.customer_id
left join customer_profit as r on r.entity = c.entity and r.customer_id = c.customer_id
