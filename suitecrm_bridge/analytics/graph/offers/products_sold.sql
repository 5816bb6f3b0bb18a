-- reads: bought, offer_parameters, offer_sides, product_facts
-- makes: one row per side and product that was sold by then: entity, side, product_id, number (of
--   the product; on the side "then" with a minus), buyers, repeatable (1 when it is bought again and
--   again), offered (1 while it is known and was sold of late).
with counted as (
  select
    entity,
    product_id,
    cast(row_number() over (order by entity, product_id) as int) as number,
    cast(count(*) as bigint) as buyers,
    cast(sum(case when days > 1 then 1 else 0 end) as bigint) as repeat_buyers,
    max(last_day) as last_day,
    cast(sum(case when then_days > 0 then 1 else 0 end) as bigint) as then_buyers,
    cast(sum(case when then_days > 1 then 1 else 0 end) as bigint) as then_repeat_buyers,
    max(then_last_day) as then_last_day
  from bought
  group by entity, product_id
),
sold as (
  select
    c.entity as entity,
    s.side as side,
    s.known_day as known_day,
    c.product_id as product_id,
    case when s.side = 'now' then c.number else -c.number end as number,
    case when s.side = 'now' then c.buyers else c.then_buyers end as buyers,
    case when s.side = 'now' then c.repeat_buyers else c.then_repeat_buyers end as repeat_buyers,
    case when s.side = 'now' then c.last_day else c.then_last_day end as last_day
  from counted as c
  inner join offer_sides as s on s.entity = c.entity
)
select
  c.entity as entity,
  c.side as side,
  c.product_id as product_id,
  c.number as number,
  c.buyers as buyers,
  cast(case when 100 * c.repeat_buyers >= a.repeat_percent * c.buyers then 1 else 0 end as bigint)
    as repeatable,
  cast(case
    when f.product_id is not null and c.last_day >= c.known_day - a.sold_within_days then 1
    else 0
  end as bigint) as offered
from sold as c
cross join offer_parameters as a
left join product_facts as f on f.product_id = c.product_id
where c.buyers > 0
