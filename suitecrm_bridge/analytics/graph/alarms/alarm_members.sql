-- reads: alarm_complaints, alarm_values, alarm_wanted
-- makes: the complaints of a chart since since_day: case_id, who
select k.case_id as case_id, k.who as who
from alarm_complaints as k
cross join alarm_wanted as w
inner join alarm_values as v on v.chart = w.chart
where k.created_day >= w.since_day
  and v.value = case v.dimension
    when 'product' then k.product when 'country' then k.country else k.theme
  end
order by k.case_id
