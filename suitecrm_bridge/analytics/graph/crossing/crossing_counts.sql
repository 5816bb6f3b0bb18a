-- reads: crossing_members
-- makes: one row per cell: how many complaints there are of each kind, and the
--   business minutes for which they waited for their customers
select
  cell,
  cast(count(*) as bigint) as number,
  cast(sum(open) as bigint) as open,
  cast(count(response_minutes) as bigint) as answered,
  cast(count(resolution_minutes) as bigint) as resolved,
  cast(sum(breached) as bigint) as breached,
  cast(sum(within) as bigint) as within,
  cast(sum(case when reopened > 0 then 1 else 0 end) as bigint) as reopened,
  cast(sum(repeated) as bigint) as repeated,
  cast(sum(case when waited_minutes > 0 then 1 else 0 end) as bigint) as waited,
  cast(sum(waited_minutes) as bigint) as waited_minutes,
  cast(sum(1 - waiting_known) as bigint) as waiting_unknown
from crossing_members
group by cell
