-- reads: moves
-- makes: from_segment, to_segment, customers, revenue_cents (total of those who moved, as it is
--   after the move, or was when they left)
select
  from_segment,
  to_segment,
  cast(count(*) as bigint) as customers,
  cast(sum(case when to_segment = 'left' then before_cents else after_cents end) as bigint)
    as revenue_cents
from moves
group by from_segment, to_segment
order by from_segment, to_segment
