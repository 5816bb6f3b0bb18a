-- reads: as_of, competitor_texts
-- makes: one row per text up to the as-of day, in a fixed order: source, record_id, place (from
--   1)
select
  x.source as source,
  x.record_id as record_id,
  cast(row_number() over (order by x.source, x.record_id) as bigint) as place
from competitor_texts as x
cross join as_of as a
where x.day <= a.as_of_day and (x.field <> '' or x.text <> '')
