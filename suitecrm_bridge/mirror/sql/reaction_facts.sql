-- What a task about a complaint says of the customer and of the case, once customers are scored.

CREATE OR REPLACE TEMP VIEW reaction_customers AS
SELECT 'contacts' AS entity, s.customer_id,
    coalesce(nullif(trim(concat_ws(' ', r.first_name, r.last_name)), ''), '') AS name,
    coalesce(r.assigned_user_id, '') AS owner,
    coalesce(s.rfm_segment, '') AS segment, coalesce(s.lifecycle, '') AS lifecycle,
    coalesce(s.churn_risk, '') AS churn_risk,
    CAST(coalesce(s.purchase_count, 0) AS BIGINT) AS purchases,
    CAST(round(100 * coalesce(s.purchase_total, 0)) AS BIGINT) AS total_cents,
    date_diff('day', DATE '1970-01-01', s.last_purchase) AS last_day,
    CAST(round(100 * s.clv) AS BIGINT) AS clv_cents
FROM scores_contacts s JOIN sound_contacts r ON r.id = s.customer_id
UNION ALL
SELECT 'accounts', s.customer_id, coalesce(trim(r.name), ''), coalesce(r.assigned_user_id, ''),
    coalesce(s.rfm_segment, ''), coalesce(s.lifecycle, ''), coalesce(s.churn_risk, ''),
    CAST(coalesce(s.purchase_count, 0) AS BIGINT),
    CAST(round(100 * coalesce(s.purchase_total, 0)) AS BIGINT),
    date_diff('day', DATE '1970-01-01', s.last_purchase),
    CAST(round(100 * s.clv) AS BIGINT)
FROM scores_accounts s JOIN sound_accounts r ON r.id = s.customer_id;

CREATE OR REPLACE TEMP VIEW reaction_subjects AS
SELECT id AS case_id, coalesce(CAST(case_number AS VARCHAR), '') AS number,
    coalesce(trim(name), '') AS subject
FROM sound_cases;
