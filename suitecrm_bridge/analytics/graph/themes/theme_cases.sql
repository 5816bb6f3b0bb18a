-- reads: case_texts, complaint_timeline
-- makes: one row per complaint with a text, in an order that is as good as random and always the
--   same: case_id, place (from 1)
select
  t.case_id as case_id,
  cast(row_number() over (order by md5(t.case_id), t.case_id) as bigint) as place
from complaint_timeline as t
inner join case_texts as x on x.case_id = t.case_id
where x.subject <> '' or x.body <> ''
