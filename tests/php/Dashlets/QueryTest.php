<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\ComplaintsQuery;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\MapQuery;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Months;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\QueryFailed;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\RiskQuery;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\SegmentsQuery;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Table;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns\Bean;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns\Database;

final class QueryTest extends DashletCase
{
    /** @var Database */
    private $db;
    /** @var Bean */
    private $bean;
    /** @var Table */
    private $table;

    protected function setUp(): void
    {
        parent::setUp();
        $this->db = new Database();
        $this->bean = new Bean($this->db);
        $this->table = new Table($this->bean);
    }

    public function testEveryStatementLeavesDeletedRowsOut(): void
    {
        foreach ($this->statements() as $sql) {
            self::assertStringContainsString('WHERE contacts.deleted = 0', $sql);
        }
    }

    public function testEveryStatementKeepsToTheRowsOfTheUser(): void
    {
        $this->bean->access = "contacts.assigned_user_id = 'u1' OR x = 1";

        foreach ($this->statements() as $sql) {
            self::assertStringContainsString("AND (contacts.assigned_user_id = 'u1' OR x = 1)", $sql);
        }
    }

    public function testOnesOwnRowsAreThoseAssignedToOne(): void
    {
        $this->bean->access = 'x = 1';
        $mine = new Table($this->bean, "o'1");

        self::assertStringContainsString("AND contacts.assigned_user_id = '", $mine->where());
        self::assertStringEndsWith('AND (x = 1)', $mine->where());
        self::assertTrue($mine->isOwned());
        self::assertFalse($this->table->isOwned());
    }

    public function testTheMapReadsCustomFieldsFromTheirOwnTable(): void
    {
        self::assertSame(
            'SELECT contacts_cstm.rfm_recency_c AS recency, contacts_cstm.rfm_frequency_c AS frequency,'
            . ' COUNT(*) AS customers'
            . ' FROM contacts INNER JOIN contacts_cstm ON contacts_cstm.id_c = contacts.id'
            . ' WHERE contacts.deleted = 0 AND contacts_cstm.rfm_recency_c IS NOT NULL'
            . ' AND contacts_cstm.rfm_frequency_c IS NOT NULL'
            . ' GROUP BY contacts_cstm.rfm_recency_c, contacts_cstm.rfm_frequency_c',
            MapQuery::sql($this->table)
        );
    }

    public function testTheMapCountsByRecencyThenFrequency(): void
    {
        $this->db->answer = [
            ['recency' => '5', 'frequency' => '4', 'customers' => '7'],
            ['recency' => '5', 'frequency' => '1', 'customers' => '2'],
        ];

        self::assertSame([5 => [4 => 7, 1 => 2]], MapQuery::run($this->table));
    }

    public function testSegmentsAreCountedByKey(): void
    {
        $this->db->answer = [['segment' => 'lost', 'customers' => '3']];

        self::assertSame(['lost' => 3], SegmentsQuery::run($this->table));
    }

    public function testAtRiskOrLostIsWhatTheCatalogueSays(): void
    {
        self::assertStringContainsString(
            "AND contacts_cstm.standing_c IN ('lost', 'at_risk')",
            RiskQuery::sql($this->table, Names::PURCHASES)
        );
    }

    public function testTheBiggestAmountAtRiskComesFirst(): void
    {
        $this->db->answer = [
            ['segment' => null, 'customers' => '1', 'amount' => '5.50'],
            ['segment' => 'at_risk', 'customers' => '2', 'amount' => '80.00'],
        ];

        self::assertSame(
            [
                ['segment' => 'at_risk', 'customers' => 2, 'amount' => 80.0],
                ['segment' => '', 'customers' => 1, 'amount' => 5.5],
            ],
            RiskQuery::run($this->table, Names::PURCHASES)
        );
    }

    public function testOnlyAsManyTopCustomersAreReadAsAreShown(): void
    {
        RiskQuery::top($this->table, Names::LIFETIME_VALUE, 5);

        self::assertStringContainsString("next_action_c IN ('call_now', 'win_back')", $this->db->queries[0]);
        self::assertStringContainsString(
            'ORDER BY contacts_cstm.value_at_stake_c DESC, contacts_cstm.purchase_total_c DESC',
            $this->db->queries[0]
        );
        self::assertStringEndsWith('LIMIT 0,5', $this->db->queries[0]);
    }

    public function testComplaintsAreGroupedByTheIdOfTheRelatedProduct(): void
    {
        $sql = $this->complaintsSql(new Table(new Bean($this->db, 'aos_products')));

        self::assertStringContainsString('SELECT cases_cstm.aos_products_id_c AS product', $sql);
        self::assertStringContainsString("cases.date_entered >= '2025-11-30 23:00:00'", $sql);
        self::assertStringContainsString('GROUP BY cases_cstm.aos_products_id_c, date_format(', $sql);
    }

    public function testProductsThatTheUserMayNotListKeepTheirNamesToThemselves(): void
    {
        $products = new Bean($this->db, 'aos_products');
        $products->isAllowed = false;

        self::assertStringContainsString('AND 1 = 0 WHERE', $this->complaintsSql(new Table($products)));
    }

    public function testComplaintsWithoutAKnownProductHaveLinesOfTheirOwn(): void
    {
        $this->db->answer = [
            ['product' => null, 'name' => null, 'month' => '2026-10', 'complaints' => '1'],
            ['product' => '', 'name' => null, 'month' => '2026-10', 'complaints' => '2'],
            ['product' => '0', 'name' => null, 'month' => '2026-10', 'complaints' => '1'],
            ['product' => 'gone-1', 'name' => null, 'month' => '2026-11', 'complaints' => '3'],
            ['product' => 'gone-2', 'name' => null, 'month' => '2026-11', 'complaints' => '4'],
            ['product' => 'p1', 'name' => 'O\'Brien & Fils', 'month' => '2026-11', 'complaints' => '5'],
        ];
        $products = new Table(new Bean($this->db, 'aos_products'));

        self::assertSame(
            [
                '' => ['name' => '', 'total' => 4, 'months' => ['2026-10' => 4]],
                '?' => ['name' => '', 'total' => 7, 'months' => ['2026-11' => 7]],
                'p1' => ['name' => 'O\'Brien & Fils', 'total' => 5, 'months' => ['2026-11' => 5]],
            ],
            ComplaintsQuery::run($this->cases(), $products, $this->months())
        );
    }

    public function testAStatementThatFailsSaysWhatTheDatabaseSaid(): void
    {
        $this->db->answer = false;

        $this->expectException(QueryFailed::class);
        $this->expectExceptionMessage('no such column');
        MapQuery::run($this->table);
    }

    public function testTwelveMonthsEndWithThisOne(): void
    {
        $keys = $this->months()->keys();

        self::assertCount(12, $keys);
        self::assertSame(['2025-12', '2026-11'], [$keys[0], $keys[11]]);
    }

    public function testTheLastDayOfALongMonthDoesNotSkipAMonth(): void
    {
        $months = new Months(new \DateTimeImmutable('2026-03-31 12:00', new \DateTimeZone('UTC')));

        self::assertSame('2025-04-01 00:00:00', $months->start());
        self::assertSame('2026-02', $months->keys()[10]);
    }

    public function testMissingFieldsAreNoticed(): void
    {
        unset($this->bean->field_defs['clv_c']);

        self::assertFalse($this->table->hasFields(RiskQuery::FIELDS));
        self::assertTrue($this->table->hasFields(MapQuery::FIELDS));
    }

    /** @return string[] */
    private function statements(): array
    {
        return [
            MapQuery::sql($this->table),
            SegmentsQuery::sql($this->table),
            RiskQuery::sql($this->table, Names::PURCHASES),
            RiskQuery::topSql($this->table, Names::PURCHASES),
            ComplaintsQuery::sql($this->table, $this->table, $this->months()),
        ];
    }

    private function complaintsSql(Table $products): string
    {
        return ComplaintsQuery::sql($this->cases(), $products, $this->months());
    }

    private function cases(): Table
    {
        return new Table(new Bean($this->db, 'cases'));
    }

    private function months(): Months
    {
        return new Months(new \DateTimeImmutable('2026-11-21 20:00', new \DateTimeZone('Europe/Paris')));
    }
}
