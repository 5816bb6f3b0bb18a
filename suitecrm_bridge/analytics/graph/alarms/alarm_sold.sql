-- reads: alarm_parameters, as_of, customer_traits, line_facts, purchases
-- makes: purchases above 0 since since_day, by dimension ("product", "country", "theme" for all
--   of them), value and week (Monday to Sunday, counted from that of 1970-01-01): sales
with sold as (
  select
    p.purchase_id as purchase_id,
    p.customer_id as customer_id,
    cast(floor(cast(p.day + 3 as double) / cast(7 as double)) as bigint) as week
  from purchases as p
  inner join (select distinct entity from customer_traits) as k on k.entity = p.entity
  cross join alarm_parameters as a
  cross join as_of as t
  where p.cents > 0 and p.day >= a.since_day and p.day <= t.as_of_day
),
named as (
  select 'product' as dimension, l.product_id as value, s.week as week
  from sold as s
  inner join (select distinct invoice_id, product_id from line_facts) as l
    on l.invoice_id = s.purchase_id
  union all
  select 'country' as dimension, r.country as value, s.week as week
  from sold as s
  inner join customer_traits as r on r.customer_id = s.customer_id
  where r.country <> ''
  union all
  select 'theme' as dimension, '' as value, s.week as week
  from sold as s
)
select dimension, value, week, cast(count(*) as bigint) as sales
from named
group by dimension, value, week
