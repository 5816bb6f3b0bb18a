-- reads: as_of, customer_years, indicator_parameters, satisfaction
-- makes: one row: satisfied, answers (of the year)
select
  cast(coalesce(sum(s.satisfied), 0) as bigint) as satisfied,
  cast(count(*) as bigint) as answers
from satisfaction as s
inner join customer_years as y on y.customer_id = s.customer_id
cross join indicator_parameters as a
cross join as_of as t
where s.day > a.year_from and s.day <= t.as_of_day
