-- reads: btyd_summary, customers
-- makes: one row per way of spending that customers who bought again share: entity, frequency,
--   repeat_cents (0 where refunds ate them up), customers
with everyone as (
  select distinct entity, customer_id from customers
)
select
  s.entity as entity,
  s.frequency as frequency,
  case when s.repeat_cents > 0 then s.repeat_cents else cast(0 as bigint) end as repeat_cents,
  cast(count(*) as bigint) as customers
from btyd_summary as s
inner join everyone as e on e.entity = s.entity and e.customer_id = s.customer_id
where s.frequency > 0
group by s.entity, s.frequency,
  case when s.repeat_cents > 0 then s.repeat_cents else cast(0 as bigint) end
order by entity, frequency, repeat_cents
