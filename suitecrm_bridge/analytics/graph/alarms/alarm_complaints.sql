-- reads: alarm_themes, case_customers, complaint_timeline, customer_traits
-- makes: a row a complaint: case_id, created_day, who (its customer, or itself), product,
--   country, theme, and counts (0 where the customer complained of the same product in the same
--   four weeks before).
with named as (
  select
    t.case_id as case_id,
    t.created_day as created_day,
    coalesce(k.customer_id, t.case_id) as who,
    t.product as product,
    coalesce(r.country, '') as country,
    coalesce(h.theme, '') as theme
  from complaint_timeline as t
  left join case_customers as k on k.case_id = t.case_id
  left join customer_traits as r on r.customer_id = k.customer_id
  left join alarm_themes as h on h.case_id = t.case_id
)
select
  case_id,
  created_day,
  who,
  product,
  country,
  theme,
  case when row_number() over (
    partition by who, product, floor(cast(created_day + 3 as double) / cast(28 as double))
    order by created_day, case_id
  ) = 1 then cast(1 as bigint) else cast(0 as bigint) end as counts
from named
