-- What became of leads who entered a programme, as programme_outcomes tells it of customers. A lead has
-- done what was hoped for on the day on which a contact was made of it, or on which the contact that it
-- became bought; what is earned with leads is told of contacts.
WITH entrants AS (
    SELECT *, since_day + days AS due_day FROM lead_entries
),
done AS (
    SELECT l.id AS lead_id, business_day(c.date_entered) AS day
    FROM sound_leads l JOIN sound_contacts c ON c.id = l.contact_id
    WHERE l.converted AND c.date_entered IS NOT NULL
    UNION ALL
    SELECT l.id, b.day FROM sound_leads l JOIN since_bought b ON b.contact_id = l.contact_id
    WHERE l.contact_id <> ''
),
left_us AS (
    SELECT target_id AS lead_id, business_day(activity_date) AS day FROM sound_campaign_log
    WHERE target_type = 'Leads' AND activity_type = 'removed' AND activity_date IS NOT NULL
)
SELECT 'leads' AS entity, e.person AS customer_id, e.programme, '' AS wave, e.arm,
    e.since_day, e.due_day, CAST(e.due_day <= $as_of AS BIGINT) AS over,
    CAST(0 AS BIGINT) AS cents, CAST(0 AS BIGINT) AS margin_cents,
    CAST(EXISTS (
        SELECT 1 FROM done d WHERE d.lead_id = e.person AND d.day >= e.since_day
            AND d.day < e.due_day AND d.day <= $as_of
    ) AS BIGINT) AS bought,
    CAST(0 AS BIGINT) AS complained,
    CAST(EXISTS (
        SELECT 1 FROM left_us o WHERE o.lead_id = e.person AND o.day >= e.since_day
            AND o.day < e.due_day AND o.day <= $as_of
    ) AS BIGINT) AS opted_out,
    CAST(0 AS BIGINT) AS cents_before, CAST(0 AS BIGINT) AS margin_cents_before
FROM entrants e
ORDER BY e.programme, e.since_day, e.person
