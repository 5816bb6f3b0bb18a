-- What stands between people and the channels over which they could be addressed. What is not known of
-- an address counts as if it did; a box that nobody ever ticked is empty, and is no objection. A column
-- that cannot be read at all is no matter of these views: nobody is addressed then. Of a record that cannot
-- be read any more nobody knows what it says by now. A person who opted out of a campaign's mail has opted
-- out, unless their record was saved since without that; who shares an e-mail address shares what is said
-- of it.

CREATE OR REPLACE TEMP VIEW reach_opted_out AS
SELECT target_type, target_id, max(activity_date) AS moment
FROM sound_campaign_log WHERE activity_type = 'removed' GROUP BY target_type, target_id;

CREATE OR REPLACE TEMP VIEW reach_addresses AS
SELECT lower(trim(p.email1)) AS email,
    bool_or(coalesce(p.email_opt_out, true) OR coalesce(o.moment >= p.date_modified, o.moment IS NOT NULL)) AS opted_out,
    bool_or(coalesce(p.invalid_email, true)) AS invalid
FROM (
    SELECT 'Contacts' AS module, id, email1, email_opt_out, invalid_email, date_modified FROM sound_contacts
    UNION ALL SELECT 'Accounts', id, email1, email_opt_out, invalid_email, date_modified FROM sound_accounts
    UNION ALL SELECT 'Leads', id, email1, email_opt_out, invalid_email, date_modified FROM sound_leads
) p
LEFT JOIN reach_opted_out o ON o.target_type = p.module AND o.target_id = p.id
WHERE trim(coalesce(p.email1, '')) <> ''
GROUP BY lower(trim(p.email1));

CREATE OR REPLACE TEMP VIEW reach_contacts AS
SELECT c.id AS person,
    c.id IN (SELECT record_id FROM dead_letters WHERE direction = 'read' AND module = 'Contacts') AS unreadable,
    coalesce(c.email1, '') NOT LIKE '%_@_%' AS no_email,
    coalesce(a.opted_out, true) AS opted_out,
    coalesce(a.invalid, true) AS invalid_email,
    concat(c.phone_work, c.phone_mobile) = '' AS no_phone,
    coalesce(c.do_not_call, false) AS do_not_call,
    coalesce(c.primary_address_street, '') = '' OR coalesce(c.primary_address_city, '') = ''
        OR coalesce(c.primary_address_postalcode, '') = '' AS no_address,
    regexp_full_match(coalesce(c.primary_address_city, ''), '\PL+')
        OR regexp_full_match(coalesce(c.primary_address_street, ''), '[^\pL\d]+') AS bad_address,
    bad_postcode(c.primary_address_country, c.primary_address_postalcode) AS bad_postcode,
    contains(coalesce(c.lawful_basis, ''), 'withdrawn') AS withdrawn,
    coalesce(c.no_profiling_c, false) AS no_profiling,
    coalesce(c.assigned_user_id, '') AS owner,
    coalesce(c.assigned_user_id, '') = '' AS no_owner,
    coalesce(c.assigned_user_id, '') IN (SELECT id FROM programme_users WHERE NOT active) AS owner_away
FROM sound_contacts c LEFT JOIN reach_addresses a ON a.email = lower(trim(c.email1));

CREATE OR REPLACE TEMP VIEW reach_accounts AS
SELECT c.id AS person,
    c.id IN (SELECT record_id FROM dead_letters WHERE direction = 'read' AND module = 'Accounts') AS unreadable,
    coalesce(c.email1, '') NOT LIKE '%_@_%' AS no_email,
    coalesce(a.opted_out, true) AS opted_out,
    coalesce(a.invalid, true) AS invalid_email,
    coalesce(c.phone_office, '') = '' AS no_phone,
    false AS do_not_call,
    coalesce(c.billing_address_street, '') = '' OR coalesce(c.billing_address_city, '') = ''
        OR coalesce(c.billing_address_postalcode, '') = '' AS no_address,
    regexp_full_match(coalesce(c.billing_address_city, ''), '\PL+')
        OR regexp_full_match(coalesce(c.billing_address_street, ''), '[^\pL\d]+') AS bad_address,
    bad_postcode(c.billing_address_country, c.billing_address_postalcode) AS bad_postcode,
    false AS withdrawn,
    coalesce(c.no_profiling_c, false) AS no_profiling,
    coalesce(c.assigned_user_id, '') AS owner,
    coalesce(c.assigned_user_id, '') = '' AS no_owner,
    coalesce(c.assigned_user_id, '') IN (SELECT id FROM programme_users WHERE NOT active) AS owner_away
FROM sound_accounts c LEFT JOIN reach_addresses a ON a.email = lower(trim(c.email1));

CREATE OR REPLACE TEMP VIEW reach_leads AS
SELECT c.id AS person,
    c.id IN (SELECT record_id FROM dead_letters WHERE direction = 'read' AND module = 'Leads') AS unreadable,
    coalesce(c.email1, '') NOT LIKE '%_@_%' AS no_email,
    coalesce(a.opted_out, true) AS opted_out,
    coalesce(a.invalid, true) AS invalid_email,
    concat(c.phone_work, c.phone_mobile) = '' AS no_phone,
    coalesce(c.do_not_call, false) AS do_not_call,
    coalesce(c.primary_address_street, '') = '' OR coalesce(c.primary_address_city, '') = ''
        OR coalesce(c.primary_address_postalcode, '') = '' AS no_address,
    regexp_full_match(coalesce(c.primary_address_city, ''), '\PL+')
        OR regexp_full_match(coalesce(c.primary_address_street, ''), '[^\pL\d]+') AS bad_address,
    bad_postcode(c.primary_address_country, c.primary_address_postalcode) AS bad_postcode,
    contains(coalesce(c.lawful_basis, ''), 'withdrawn') AS withdrawn,
    coalesce(c.no_profiling_c, false) AS no_profiling,
    coalesce(c.assigned_user_id, '') AS owner,
    coalesce(c.assigned_user_id, '') = '' AS no_owner,
    coalesce(c.assigned_user_id, '') IN (SELECT id FROM programme_users WHERE NOT active) AS owner_away
FROM sound_leads c LEFT JOIN reach_addresses a ON a.email = lower(trim(c.email1));
