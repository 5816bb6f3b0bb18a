-- reads: as_of, invoice_extras, purchases
-- makes: one row per entity: entity, delivery_cents (what is charged for a delivery on average, where anything is
--   charged; 0 where nothing ever is)
select
  p.entity as entity,
  coalesce(cast(floor(
    cast(sum(case when x.shipping_cents > 0 then x.shipping_cents else cast(0 as bigint) end) as double)
    / cast(nullif(sum(case when x.shipping_cents > 0 then 1 else 0 end), 0) as double)
  ) as bigint), cast(0 as bigint)) as delivery_cents
from purchases as p
inner join invoice_extras as x on x.invoice_id = p.purchase_id
cross join as_of as a
where p.day <= a.as_of_day
group by p.entity
