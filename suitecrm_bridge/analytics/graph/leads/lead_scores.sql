-- reads: lead_points, lead_states, lead_values, lead_weights
-- makes: one row per lead and target that is open, and is scored: kind, lead_id, probability (of becoming a
--   customer within the horizon), usual (that of all who are like nobody in particular), value_cents (what
--   one of this source brings in the first year), worth_cents (probability times that; these two null where
--   too few customers are known)
with usual as (
  select kind, points from lead_weights where trait = ''
),
added as (
  select kind, lead_id, sum(points) as points
  from lead_points
  group by kind, lead_id
),
sure as (
  select
    s.kind as kind,
    s.lead_id as lead_id,
    s.source as source,
    cast(1 as double) / cast(1 + exp(
      cast(-u.points - coalesce(a.points, 0) as double) / cast(1000000 as double)
    ) as double) as probability,
    cast(1 as double) / cast(1 + exp(
      cast(-u.points as double) / cast(1000000 as double)
    ) as double) as usual
  from lead_states as s
  inner join usual as u on u.kind = s.kind
  left join added as a on a.kind = s.kind and a.lead_id = s.lead_id
  where s.part = 'now'
)
select
  s.kind as kind,
  s.lead_id as lead_id,
  s.probability as probability,
  s.usual as usual,
  v.value_cents as value_cents,
  cast(round(s.probability * cast(v.value_cents as double)) as bigint) as worth_cents
from sure as s
left join lead_values as v on v.kind = s.kind and v.source = s.source
