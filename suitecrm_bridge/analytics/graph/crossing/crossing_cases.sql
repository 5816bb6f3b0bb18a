-- reads: case_customers, complaint_timeline, crossing_dimensions, crossing_themes,
--   customer_scores, customer_traits
-- makes: one row per complaint from since_day to until_day: its cell (a dimension that is not
--   asked for is '' or 0 everywhere), customer_id ('' where unknown) and measures.
with owned as (
  select t.case_id as case_id, coalesce(k.customer_id, '') as customer_id
  from complaint_timeline as t
  left join case_customers as k on k.case_id = t.case_id
),
followed as (
  select
    o.case_id as case_id,
    o.customer_id as customer_id,
    case when o.customer_id <> '' and t.created - lag(t.created) over (
      partition by o.customer_id order by t.created, o.case_id
    ) <= 43200 then cast(1 as bigint) else cast(0 as bigint) end as repeated
  from owned as o
  inner join complaint_timeline as t on t.case_id = o.case_id
)
select
{% for d in dimensions %}
  case when a.{{ d.name }} = 1 then {{ d.complaint }} else {{ d.nothing }} end as {{ d.column }},
{% endfor %}
  f.case_id as case_id,
  f.customer_id as customer_id,
  f.repeated as repeated,
  t.open as open,
  t.reopened as reopened,
  t.breached as breached,
  t.within as within,
  t.created_day as created_day,
  t.resolved_day as resolved_day,
  t.response_minutes as response_minutes,
  t.resolution_minutes as resolution_minutes,
  t.waited_minutes as waited_minutes,
  t.waiting_known as waiting_known,
  t.age_days as age_days
from followed as f
inner join complaint_timeline as t on t.case_id = f.case_id
cross join crossing_dimensions as a
left join customer_traits as r on r.customer_id = f.customer_id
left join customer_scores as s on s.customer_id = f.customer_id
left join crossing_themes as h on h.case_id = f.case_id
where t.created_day >= a.since_day and t.created_day <= a.until_day
