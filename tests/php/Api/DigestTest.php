<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Digest;

final class DigestTest extends ApiCase
{
    private const FIELDS = [
        'rank_c' => ['type' => 'int'],
        'worth_c' => ['type' => 'decimal', 'digits' => 18, 'scale' => 2],
        'flag_c' => ['type' => 'bool'],
        'day_c' => ['type' => 'date'],
        'at_c' => ['type' => 'datetime'],
        'segment_c' => ['type' => 'enum'],
        'reason_c' => ['type' => 'text'],
    ];

    public function testADigestIsOneAggregateOfTheLiveRecords(): void
    {
        $this->assertSame(
            'SELECT COUNT(*) AS records, COALESCE(SUM(CAST(CONV(SUBSTRING(MD5(CONCAT('
            . "CAST(CONVERT(contacts.id USING utf8mb4) AS BINARY), '|', a, '|', b"
            . ')), 1, 15), 16, 10) AS UNSIGNED)), 0) AS digest FROM contacts JOIN x WHERE contacts.deleted = 0 AND own',
            Digest::select('contacts', ['a', 'b'], 'JOIN x', 'own')
        );
    }

    public function testWithoutAConditionEveryLiveRecordCounts(): void
    {
        $this->assertStringEndsWith(' FROM cases WHERE cases.deleted = 0', Digest::select('cases', ['a'], '', ''));
    }

    /** @dataProvider forms */
    public function testEachTypeHasOneForm(string $name, string $form): void
    {
        $this->assertSame([$form], Digest::expressions([$name => 't.x'], self::FIELDS));
    }

    public function forms(): array
    {
        $text = "CASE WHEN LENGTH(t.x) > 0 THEN CONCAT(LENGTH(CAST(CONVERT(t.x USING utf8mb4) AS BINARY)), ':',"
            . " CAST(CONVERT(t.x USING utf8mb4) AS BINARY)) ELSE '' END";
        $moment = "CASE WHEN CAST(t.x AS CHAR) LIKE '0000-00-00%%' THEN ''"
            . " ELSE COALESCE(LEFT(CAST(t.x AS CHAR), %d), '') END";
        return [
            ['rank_c', "COALESCE(CAST(CAST(t.x AS SIGNED) AS CHAR), '')"],
            ['worth_c', "COALESCE(IF(CAST(t.x AS DECIMAL(38,2)) = 0, '0', CAST(CAST(t.x AS DECIMAL(38,2)) AS CHAR)), '')"],
            ['flag_c', "CASE t.x WHEN 0 THEN '0' WHEN 1 THEN '1' ELSE '' END"],
            ['day_c', sprintf($moment, 10)],
            ['at_c', sprintf($moment, 16)],
            ['segment_c', $text],
            ['reason_c', $text],
        ];
    }

    public function testARelateFieldIsTheColumnOfItsId(): void
    {
        $this->assertArrayHasKey('aos_products_id_c', Digest::fields('Cases'));
        $this->assertArrayNotHasKey('complaint_product_c', Digest::fields('Cases'));
        $this->assertSame([], Digest::fields('AOS_Invoices'));
    }

    public function testWhatIsKeptOfAnAddressIsCompared(): void
    {
        $leads = Digest::fields('Leads');
        $this->assertSame([['type' => 'int'], ['type' => 'int']], [$leads['email_opt_out'], $leads['invalid_email']]);
        $this->assertArrayHasKey('lead_score_c', $leads);
        $this->assertArrayHasKey('email_opt_out', Digest::fields('Contacts'));
        $this->assertArrayNotHasKey('email_opt_out', Digest::fields('Cases'));
    }
}
