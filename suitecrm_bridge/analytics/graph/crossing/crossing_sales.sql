-- reads: calendar_days, crossing_dimensions, customer_scores, customer_traits, line_facts,
--   purchases
-- makes: purchases and those who made them by the dimensions that a purchase has: product, of
--   the customer, month; sales (purchases above 0) and buyers, from since_day to until_day
with lines as (
  select distinct invoice_id, product_id from line_facts
),
sold as (
  select
    case when a.product = 1 then coalesce(l.product_id, '') else '' end as product,
    case when a.country = 1 then coalesce(r.country, '') else '' end as country,
    case when a.region = 1 then coalesce(r.region, '') else '' end as region,
    case when a.segment = 1 then coalesce(s.segment, '') else '' end as segment,
    case when a.lifecycle = 1 then coalesce(s.lifecycle, '') else '' end as lifecycle,
    case when a.account_type = 1 then coalesce(r.account_type, '') else '' end as account_type,
    case when a.industry = 1 then coalesce(r.industry, '') else '' end as industry,
    case when a.month = 1 then d.month_day else cast(0 as bigint) end as month_day,
    p.customer_id as customer_id,
    p.purchase_id as purchase_id
  from purchases as p
  cross join crossing_dimensions as a
  inner join calendar_days as d on d.day = p.day
  left join lines as l on l.invoice_id = p.purchase_id and a.product = 1
  left join customer_traits as r on r.customer_id = p.customer_id
  left join customer_scores as s on s.customer_id = p.customer_id
  where p.cents > 0 and p.day >= a.since_day and p.day <= a.until_day
)
select
  product, country, region, segment, lifecycle, account_type, industry, month_day,
  cast(count(distinct purchase_id) as bigint) as sales,
  cast(count(distinct customer_id) as bigint) as buyers
from sold
group by
  product, country, region, segment, lifecycle, account_type, industry, month_day
