-- reads: movers_wanted, moves
-- makes: the customers whose segment changed, the highest revenue first: place, customer_id,
--   from_segment, to_segment, before_cents, after_cents
with ranked as (
  select
    cast(row_number() over (
      order by case when to_segment = 'left' then before_cents else after_cents end desc,
      customer_id
    ) as bigint) as place,
    customer_id,
    from_segment,
    to_segment,
    before_cents,
    after_cents
  from moves
  where from_segment <> to_segment
)
select
  r.place as place,
  r.customer_id as customer_id,
  r.from_segment as from_segment,
  r.to_segment as to_segment,
  r.before_cents as before_cents,
  r.after_cents as after_cents
from ranked as r
inner join movers_wanted as w on r.place <= w.most
order by place
