-- reads: as_of, bought, offer_parameters, product_facts
-- makes: one row per product on offer: entity, product_id, number (of the product), buyers,
--   repeatable (1 when it is bought again and again), offered (1 while it is known and was sold
--   of late).
with counted as (
  select
    entity,
    product_id,
    cast(count(*) as bigint) as buyers,
    cast(sum(case when days > 1 then 1 else 0 end) as bigint) as repeat_buyers,
    max(last_day) as last_day
  from bought
  group by entity, product_id
)
select
  c.entity as entity,
  c.product_id as product_id,
  row_number() over (partition by c.entity order by c.product_id) as number,
  c.buyers as buyers,
  cast(case when 100 * c.repeat_buyers >= a.repeat_percent * c.buyers then 1 else 0 end as bigint)
    as repeatable,
  cast(case
    when f.product_id is not null and c.last_day >= t.as_of_day - a.sold_within_days then 1
    else 0
  end as bigint) as offered
from counted as c
cross join offer_parameters as a
cross join as_of as t
left join product_facts as f on f.product_id = c.product_id
