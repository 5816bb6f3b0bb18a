-- reads: competitor_places, competitor_span, competitor_texts
-- makes: the texts of some places: source, record_id, field, text
select x.source as source, x.record_id as record_id, x.field as field, x.text as text
from competitor_places as p
inner join competitor_texts as x on x.source = p.source and x.record_id = p.record_id
cross join competitor_span as s
where p.place > s.after_place and p.place <= s.last_place
order by source, record_id
