-- reads: as_of, enrolments, invoice_costs, margin_rates, programme_windows, purchases
-- makes: one row per entrant and day on which they bought or were refunded, up to the as-of day and
--   within the time that is measured or the time before: entity, customer_id, programme, wave,
--   after (1 from the day of entry on, else 0), day, cents, margin_cents (null where too little
--   is known of what products cost in the whole base)
with entrants as (
  select
    e.entity as entity,
    e.customer_id as customer_id,
    e.programme as programme,
    e.wave as wave,
    e.since_day as since_day,
    e.since_day - w.days_before as first_day,
    e.since_day + w.days as end_day
  from enrolments as e
  inner join programme_windows as w on w.programme = e.programme
)
select
  e.entity as entity,
  e.customer_id as customer_id,
  e.programme as programme,
  e.wave as wave,
  cast(case when p.day >= e.since_day then 1 else 0 end as bigint) as after,
  p.day as day,
  cast(sum(p.cents) as bigint) as cents,
  cast(sum(
    case when c.lines > 0 then c.known_cents - c.cost_cents + c.net_cents - c.lines_cents else 0 end
    + cast(round(cast(
      case when c.lines > 0 then c.lines_cents - c.known_cents
        else coalesce(c.net_cents, p.cents) end
    as double) * r.margin_rate) as bigint)
  ) as bigint) as margin_cents
from entrants as e
inner join purchases as p
  on p.entity = e.entity and p.customer_id = e.customer_id
  and p.day >= e.first_day and p.day < e.end_day
cross join as_of as a
left join invoice_costs as c on c.invoice_id = p.purchase_id
left join margin_rates as r on r.entity = e.entity
where p.day <= a.as_of_day
group by e.entity, e.customer_id, e.programme, e.wave, e.since_day, p.day
