-- reads: competitor_texts
-- makes: one row per text that people entered as a competitor: field, number (of cases)
select field, cast(count(*) as bigint) as number
from competitor_texts
where field <> ''
group by field
order by number desc, field
