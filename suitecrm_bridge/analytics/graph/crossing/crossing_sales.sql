-- reads: calendar_days, crossing_dimensions, customer_scores, customer_traits, line_facts,
--   purchases
-- makes: purchases and those who made them by the dimensions that a purchase has: product, of
--   the customer, month; sales (purchases above 0) and buyers, from since_day to until_day
{% set of_sales = dimensions | selectattr("sale", "defined") | list %}
{% set columns = of_sales | join(", ", attribute="column") %}
with lines as (
  select distinct invoice_id, product_id from line_facts
),
sold as (
  select
{% for d in of_sales %}
    case when a.{{ d.name }} = 1 then {{ d.sale }} else {{ d.nothing }} end as {{ d.column }},
{% endfor %}
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
  {{ columns }},
  cast(count(distinct purchase_id) as bigint) as sales,
  cast(count(distinct customer_id) as bigint) as buyers
from sold
group by {{ columns }}
