-- reads: asked_cases, case_texts, complaint_timeline
-- makes: one row per complaint asked for: case_id, subject, created
select a.case_id as case_id, coalesce(x.subject, '') as subject, t.created as created
from asked_cases as a
inner join complaint_timeline as t on t.case_id = a.case_id
left join case_texts as x on x.case_id = a.case_id
