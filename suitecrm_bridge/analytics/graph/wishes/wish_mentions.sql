-- reads: as_of, wish_facts, wish_parameters, wish_words
-- makes: one row per customer, text and theme that it mentions: entity, customer_id, record_id, source, day,
--   theme (of a wish; 'ideas' where it holds an idea for improvement).
--
-- A word holds from the beginning of a word in the text on: texts are small letters, digits and single spaces,
-- with a space at both ends.
select distinct
  f.entity as entity,
  f.customer_id as customer_id,
  f.record_id as record_id,
  f.source as source,
  f.day as day,
  w.theme as theme
from wish_facts as f
cross join wish_words as w
cross join as_of as a
cross join wish_parameters as p
where f.day <= a.as_of_day and f.day > a.as_of_day - p.window_days
  and instr(f.text, concat(' ', w.word)) > 0
