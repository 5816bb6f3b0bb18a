-- A made-up base. Five in six customers are contacts, the others accounts; there are four invoices a
-- customer, of whom some buy seldom and some often, two lines each, and a case for one in ten.
INSERT INTO accounts (id, date_entered, date_modified, name, industry)
SELECT 'account-' || md5('a' || i), '2022-01-01', '2026-01-01', 'Company ' || i,
    ['Retail', 'Media', 'Energy'][1 + i % 3]
FROM range($accounts) t(i);

INSERT INTO contacts (id, date_entered, date_modified, first_name, last_name, email1, lead_source)
SELECT md5('c' || i), '2022-01-01', '2026-01-01', 'Ada', 'No. ' || i,
    'p' || i || '@example.com', ['Web Site', 'Cold Call', 'Email'][1 + i % 3]
FROM range($contacts) t(i);

INSERT INTO accounts_contacts (contact_id, account_id)
SELECT md5('c' || i), 'account-' || md5('a' || i % $accounts) FROM range($contacts) t(i);

INSERT INTO products (id, date_entered, date_modified, name, category, cost_usdollar, price_usdollar)
SELECT md5('p' || i), '2022-01-01', '2026-01-01', 'Product ' || i, 'Kind ' || i % 12,
    5 + i, 10 + 2 * i
FROM range(120) t(i);

INSERT INTO invoices (id, date_entered, date_modified, number, name, status, invoice_date, due_date,
    billing_contact_id, billing_account_id, total_amt, subtotal_amount, total_amount)
SELECT md5('i' || i), '2022-01-01', '2026-01-01', i, 'Invoice ' || i,
    CASE WHEN hash(i * 8) % 50 = 0 THEN 'Cancelled' ELSE 'Paid' END, day, day + 30,
    CASE WHEN i % 6 < 5 THEN md5('c' || k) END,
    CASE WHEN i % 6 = 5 THEN 'account-' || md5('a' || k % $accounts) END, amount, amount, amount
FROM (
    SELECT i, CAST(floor($contacts * power(hash(i * 8 + 1) / 18446744073709551616.0, 2)) AS BIGINT) AS k,
        DATE '2023-03-01' + CAST(floor(1096 * sqrt(hash(i * 8 + 2) / 18446744073709551616.0)) AS INT)
            AS day,
        CAST(10 + hash(i * 8 + 3) % 40000 / 100 AS DECIMAL(18, 2)) AS amount
    FROM range($invoices) t(i)
);

INSERT INTO invoice_lines (id, date_entered, date_modified, name, number, parent_type, parent_id,
    product_id, product_qty, product_cost_price_usdollar, product_unit_price_usdollar,
    product_total_price_usdollar)
SELECT md5('l' || i), '2022-01-01', '2026-01-01', 'Line', 1 + i % 2, 'AOS_Invoices',
    md5('i' || i // 2), md5('p' || CAST(floor(120 * power(hash(i * 8 + 4) / 18446744073709551616.0, 2)) AS BIGINT)),
    1, 5, 20, 20
FROM range(2 * $invoices) t(i);

INSERT INTO cases (id, date_entered, date_modified, case_number, name, type, status, state, priority,
    description, contact_created_by_id, complaint_c)
SELECT md5('k' || i), entered, '2026-01-01', i, 'It came late ' || i, 'Product',
    CASE WHEN i % 9 = 0 THEN 'Open_New' ELSE 'Closed_Closed' END,
    CASE WHEN i % 9 = 0 THEN 'Open' ELSE 'Closed' END, 'P' || 1 + i % 3,
    'The delivery came late and the box was damaged.', md5('c' || i * 13 % $contacts), i % 2 = 0
FROM (
    SELECT i, TIMESTAMP '2024-03-01' + to_days(CAST(hash(i * 8 + 5) % 729 AS INT)) AS entered
    FROM range($cases) t(i)
);
