-- reads: customer_years, indicator_parameters, profiles
-- makes: new customers by lead source ('' where nobody entered one): lead_source, customers,
--   cents (of the year, refunds deducted), the most customers first
select
  coalesce(p.lead_source, '') as lead_source,
  cast(count(*) as bigint) as customers,
  cast(sum(y.cents) as bigint) as cents
from customer_years as y
cross join indicator_parameters as a
left join profiles as p on p.customer_id = y.customer_id
where y.days > 0 and y.first_day > a.year_from
group by coalesce(p.lead_source, '')
order by customers desc, lead_source
