-- What people did, for conditions on the time since a wave: person, what (bought, opened, clicked,
-- bounced, complained or answered) and its day since 1970. {source} is what counts as a purchase. Who
-- followed a link has opened the mail, whether SuiteCRM saw that or not. Who answers: by a call that
-- came in and was held, a meeting that was held, a survey, a case of their own, or a word in one. E-mails
-- are not mirrored. A lead does what is told of the lead, and buys as the contact that it became.

CREATE OR REPLACE TEMP VIEW since_of_mail AS
SELECT target_type, target_id,
    unnest(CASE activity_type WHEN 'viewed' THEN ['opened'] WHEN 'link' THEN ['opened', 'clicked']
        ELSE ['bounced'] END) AS what,
    business_day(activity_date) AS day
FROM sound_campaign_log
WHERE activity_type IN ('viewed', 'link', 'send error', 'invalid email')
    AND activity_date IS NOT NULL;

CREATE OR REPLACE TEMP VIEW since_of_talks AS
SELECT parent_type, parent_id, business_day(date_start) AS day FROM sound_calls
WHERE status = 'Held' AND direction = 'Inbound' AND date_start IS NOT NULL
UNION ALL
SELECT parent_type, parent_id, business_day(date_start) FROM sound_meetings
WHERE status = 'Held' AND date_start IS NOT NULL;

CREATE OR REPLACE TEMP VIEW since_bought AS
SELECT contact_id, account_id, day FROM invoice_facts
WHERE '{source}' = 'invoices' AND status <> 'Cancelled' AND cents > 0
UNION ALL
SELECT l.contact_id, o.account_id, o.day
FROM opportunity_facts o LEFT JOIN opportunities_contacts l ON l.opportunity_id = o.opportunity_id
WHERE '{source}' = 'opportunities' AND o.stage = 'Closed Won' AND o.cents > 0;

CREATE OR REPLACE TEMP VIEW since_contacts AS
SELECT contact_id AS person, 'bought' AS what, day FROM since_bought
UNION ALL
SELECT target_id, what, day FROM since_of_mail WHERE target_type = 'Contacts'
UNION ALL
SELECT contact_id, 'complained', business_day(c.date_entered)
FROM complaints c JOIN contacts_cases l ON l.case_id = c.id
UNION ALL
SELECT contact_created_by_id, 'complained', business_day(date_entered) FROM complaints
UNION ALL
SELECT parent_id, 'answered', day FROM since_of_talks WHERE parent_type = 'Contacts'
UNION ALL
SELECT contact_id, 'answered', business_day(date_entered) FROM sound_survey_responses
UNION ALL
SELECT contact_created_by_id, 'answered', business_day(date_entered) FROM sound_cases
UNION ALL
SELECT contact_id, 'answered', business_day(date_entered) FROM sound_case_updates;

CREATE OR REPLACE TEMP VIEW since_accounts AS
SELECT coalesce(b.account_id, a.account_id) AS person, 'bought' AS what, b.day
FROM since_bought b
LEFT JOIN (
    SELECT contact_id, min(account_id) AS account_id FROM accounts_contacts GROUP BY contact_id
) a ON a.contact_id = b.contact_id
UNION ALL
SELECT target_id, what, day FROM since_of_mail WHERE target_type = 'Accounts'
UNION ALL
SELECT account_id, 'complained', business_day(date_entered) FROM complaints
UNION ALL
SELECT parent_id, 'answered', day FROM since_of_talks WHERE parent_type = 'Accounts'
UNION ALL
SELECT account_id, 'answered', business_day(date_entered) FROM sound_survey_responses
UNION ALL
SELECT account_id, 'answered', business_day(date_entered) FROM sound_cases
WHERE contact_created_by_id <> '';

CREATE OR REPLACE TEMP VIEW since_leads AS
SELECT target_id AS person, what, day FROM since_of_mail WHERE target_type = 'Leads'
UNION ALL
SELECT parent_id, 'answered', day FROM since_of_talks WHERE parent_type = 'Leads'
UNION ALL
SELECT l.id, 'bought', b.day FROM sound_leads l JOIN since_bought b ON b.contact_id = l.contact_id
WHERE l.contact_id <> '';
