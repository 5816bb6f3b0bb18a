-- reads: process_complaints
-- makes: one row per basis that a resolution stands on: basis, n
select basis, cast(count(*) as bigint) as n
from process_complaints
where basis is not null
group by basis
order by basis
