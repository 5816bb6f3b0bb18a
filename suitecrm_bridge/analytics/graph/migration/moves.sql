-- reads: after, before
-- makes: one row per customer of either snapshot: customer_id, from_segment ("came" for who was
--   not there), to_segment ("left" for who is not), before_cents, after_cents.
select
  coalesce(a.customer_id, b.customer_id) as customer_id,
  coalesce(b.rfm_segment, 'came') as from_segment,
  coalesce(a.rfm_segment, 'left') as to_segment,
  coalesce(b.total_cents, cast(0 as bigint)) as before_cents,
  coalesce(a.total_cents, cast(0 as bigint)) as after_cents
from before as b
full outer join after as a on a.customer_id = b.customer_id
