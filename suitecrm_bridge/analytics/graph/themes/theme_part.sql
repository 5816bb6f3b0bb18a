-- reads: case_texts, theme_cases, theme_span
-- makes: the texts of some places: case_id, place, subject, body
select
  c.case_id as case_id,
  c.place as place,
  x.subject as subject,
  x.body as body
from theme_cases as c
inner join case_texts as x on x.case_id = c.case_id
cross join theme_span as s
where c.place > s.after_place and c.place <= s.last_place
order by place
