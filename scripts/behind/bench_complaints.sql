-- Made-up facts about complaints: n of them from the minute `first` on, spread by a hash.
CREATE MACRO draw(place, topic, size) AS CAST(hash(place * 64 + topic) % size AS BIGINT);
CREATE TABLE drawn AS
SELECT i, getvariable('first') + draw(i, 1, 1094 * 1440) AS created,
    1 + draw(i, 2, 4000) AS until_answer, 1 + draw(i, 3, 20000) AS until_end,
    draw(i, 4, 100) AS luck, draw(i, 5, greatest(1, getvariable('n') // 4)) AS customer
FROM range(getvariable('n')) r(i);
CREATE TABLE judged AS
SELECT *, md5(concat('case', i)) AS case_id,
    luck < 92 AND created + until_end < getvariable('first') + 1095 * 1440 AS closed
FROM drawn;
CREATE TABLE case_facts AS
SELECT case_id, created, CASE WHEN closed THEN created + until_end ELSE created END AS modified,
    CASE WHEN closed THEN 'Closed_Closed' ELSE 'Open_Assigned' END AS status,
    CASE WHEN closed THEN 'Closed' ELSE 'Open' END AS state,
    concat('P', 1 + draw(i, 6, 3)) AS priority, 'Product' AS type,
    concat('product ', draw(i, 7, 40)) AS product, 'delivery' AS cause, 'phone' AS channel,
    concat('user ', draw(i, 8, 30)) AS owner
FROM judged;
CREATE TABLE case_texts AS
SELECT case_id, l.subject AS subject,
    concat(l.body, CASE WHEN luck < 5 THEN concat(' ', getvariable('rival'), ' ') ELSE ' ' END, until_answer) AS body
FROM judged
JOIN (SELECT *, row_number() OVER () - 1 AS place, count(*) OVER () AS many FROM letters) l
    ON l.place = draw(i, 15, l.many);
CREATE TABLE competitor_texts AS
SELECT 'case' AS source, case_id AS record_id, case_id, '' AS opportunity_id,
    created // 1440 AS day, '' AS field, body AS text
FROM case_texts JOIN judged USING (case_id);
CREATE TABLE opportunity_facts (opportunity_id VARCHAR, stage VARCHAR, cents BIGINT);
CREATE TABLE name_words (word VARCHAR);
CREATE TABLE case_answers AS
SELECT case_id, created + until_answer AS moment, 'update' AS kind FROM judged
WHERE created + until_answer < getvariable('first') + 1095 * 1440;
CREATE TABLE case_changes AS
SELECT case_id, created + until_end AS moment, CAST(1 AS BIGINT) AS place, 'history' AS basis,
    'state' AS field, 'Open' AS value_before, 'Closed' AS value_after
FROM judged WHERE closed;
CREATE TABLE case_customers AS
SELECT case_id, md5(concat('customer', customer)) AS customer_id FROM judged;
CREATE TABLE customer_traits AS
SELECT md5(concat('customer', i)) AS customer_id, concat('country ', draw(i, 9, 8)) AS country,
    concat('region ', draw(i, 10, 90)) AS region, 'Customer' AS account_type, '' AS industry
FROM range(greatest(1, getvariable('n') // 4)) r(i);
CREATE TABLE purchases AS
SELECT md5(concat('customer', draw(i, 11, greatest(1, getvariable('n') // 4)))) AS customer_id,
    md5(concat('sale', i)) AS purchase_id,
    getvariable('first') // 1440 + draw(i, 12, 1095) AS day, 1 + draw(i, 13, 90000) AS cents
FROM range(getvariable('n')) r(i);
CREATE TABLE line_facts AS
SELECT md5(concat('line', i)) AS line_id, md5(concat('sale', i)) AS invoice_id,
    concat('product ', draw(i, 14, 40)) AS product_id
FROM range(getvariable('n')) r(i);
DROP TABLE drawn;
DROP TABLE judged;
