-- reads: customers
-- makes: nobody's rhythm, in the place of all where nothing is cut by rhythm: entity, customer_id,
--   rhythm_days
select entity, customer_id, cast(1 as bigint) as rhythm_days
from customers
where entity is null
