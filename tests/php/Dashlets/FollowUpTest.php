<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\ComplaintLinks;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\FollowUpDrawing;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Links;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Complaint;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\FollowUpQuery;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Table;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\TasksQuery;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\TwoMonths;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns\Bean;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns\Database;

final class FollowUpTest extends DashletCase
{
    private const COUNTS = ['open_now' => 3, 'breached' => 1, 'perhaps_waited' => 0, 'this_month' => 7, 'last_by_now' => 5,
        'last_month' => 9];
    private const LINE = ['product' => 'p1', 'name' => 'Lamp', 'open_now' => 2, 'this_month' => 4, 'last_month' => 6];
    private const CASE = ['id' => 'c1', 'number' => '1017', 'name' => 'Broken', 'days' => 12, 'breached' => '1', 'segment' => 'champions'];

    /** @var Database */
    private $db;
    /** @var Bean */
    private $bean;
    /** @var Table */
    private $cases;

    protected function setUp(): void
    {
        parent::setUp();
        $this->db = new Database();
        $this->bean = new Bean($this->db, 'cases');
        $this->cases = new Table($this->bean);
    }

    public function testEveryStatementKeepsToComplaintsThatTheUserMaySee(): void
    {
        $this->bean->access = "cases.assigned_user_id = 'u1' OR x = 1";

        foreach ($this->statements() as $sql) {
            self::assertStringContainsString('WHERE cases.deleted = 0 AND cases_cstm.complaint_c = 1', $sql);
            self::assertStringContainsString("NOT cases.status IN ('Closed_Duplicate')", $sql);
            self::assertStringContainsString("AND (cases.assigned_user_id = 'u1' OR x = 1)", $sql);
        }
    }

    public function testTheStateTellsWhetherACaseIsOpenAndElseTheStatus(): void
    {
        self::assertSame(
            "CASE WHEN cases.state IN ('Closed') THEN 0 WHEN cases.state IN ('Open') THEN 1"
            . " WHEN cases.status IN ('Closed_Closed', 'Closed_Rejected', 'Closed_Duplicate') THEN 0 ELSE 1 END",
            Complaint::openness($this->cases)
        );
    }

    public function testLastMonthIsComparedUpToTheSameDay(): void
    {
        $months = $this->months();

        self::assertSame('2026-10-31 23:00:00', $months->start());
        self::assertSame('2026-09-30 22:00:00', $months->lastStart());
        self::assertSame('2026-10-21 22:00:00', $months->lastByNow());
    }

    public function testTheDaysOfTheListsAreThoseThatAreCounted(): void
    {
        $days = array_map(static function (array $period): array {
            return array_map(static function (\DateTimeInterface $day): string {
                return $day->format('m-d');
            }, $period);
        }, $this->months()->days());

        self::assertSame([
            'this_month' => ['11-01', '11-30'],
            'last_month' => ['10-01', '10-31'],
            'last_by_now' => ['10-01', '10-21'],
        ], $days);
    }

    public function testADayThatLastMonthDidNotHaveIsItsLast(): void
    {
        $months = new TwoMonths(new \DateTimeImmutable('2026-03-31 12:00', new \DateTimeZone('UTC')));

        self::assertSame('2026-02-01 00:00:00', $months->lastStart());
        self::assertSame('2026-03-01 00:00:00', $months->lastByNow());
    }

    public function testTheSameStatementServesTheWholeDay(): void
    {
        $later = new TwoMonths(new \DateTimeImmutable('2026-11-21 21:59', new \DateTimeZone('Europe/Paris')));

        self::assertSame(
            FollowUpQuery::countsSql($this->cases, $this->months()),
            FollowUpQuery::countsSql($this->cases, $later)
        );
    }

    public function testDaysAreCountedFromMomentsInUtc(): void
    {
        self::assertSame(1, $this->months()->daysSince('2026-11-20 19:00:00'));
        self::assertSame(0, $this->months()->daysSince('2026-11-20 19:00:01'));
        self::assertSame(0, $this->months()->daysSince('2026-12-01 00:00:00'));
    }

    public function testCountsOfNothingAreNought(): void
    {
        $this->db->answer = [['open_now' => null, 'breached' => null]];

        self::assertSame(['open_now' => 0, 'breached' => 0], FollowUpQuery::counts($this->cases, $this->months()));
    }

    public function testOnlyTheOldestAreReadAndOnlyOpenOnes(): void
    {
        FollowUpQuery::oldest($this->cases, 5);

        self::assertStringContainsString('THEN 0 ELSE 1 END = 1', $this->db->queries[0]);
        self::assertStringEndsWith('ORDER BY cases.date_entered, cases.id LIMIT 0,5', $this->db->queries[0]);
    }

    public function testProductsThatTheUserMayNotListAreCountedWithoutTheirName(): void
    {
        $this->db->answer = [
            ['product' => 'p1', 'name' => null, 'open_now' => '2', 'this_month' => '1', 'last_month' => '0'],
        ];
        $bean = new Bean($this->db, 'aos_products');
        $bean->isAllowed = false;
        $lines = FollowUpQuery::products($this->cases, new Table($bean), $this->months(), 5);

        self::assertStringContainsString('AND 1 = 0 WHERE', $this->db->queries[0]);
        self::assertSame(
            [['product' => '?', 'name' => '', 'open_now' => 2, 'this_month' => 1, 'last_month' => 0]],
            $lines
        );
    }

    public function testComplaintsWithoutAProductShareOneLineHoweverTheyAreStored(): void
    {
        $products = new Table(new Bean($this->db, 'aos_products'));
        $key = "CASE WHEN COALESCE(cases_cstm.aos_products_id_c, '') IN ('', '0') THEN ''"
            . " WHEN COALESCE(aos_products.name, '') = '' THEN '?' ELSE cases_cstm.aos_products_id_c END";

        $sql = FollowUpQuery::productsSql($this->cases, $products, $this->months());
        self::assertStringStartsWith("SELECT $key AS product, ", $sql);
        self::assertStringEndsWith(" GROUP BY $key ORDER BY COUNT(*) DESC, $key", $sql);
    }

    public function testFiguresProductsAndTheOldestAreDrawn(): void
    {
        $text = $this->text($this->draw(self::COUNTS, [self::LINE], [self::CASE], []));

        self::assertStringContainsString('3open1of them past their target7new this month5by the same day', $text);
        self::assertStringContainsString('Lamp246', $text);
        self::assertStringContainsString('#1017 BrokenChampions12', $text);
    }

    public function testItSaysOfHowManyPastTheirTargetTheWaitingForTheCustomerIsNotKnown(): void
    {
        $counts = ['breached' => 3, 'perhaps_waited' => 2] + self::COUNTS;
        $unknown = $this->text($this->draw($counts, [self::LINE], [self::CASE], []));
        $known = $this->text($this->draw(self::COUNTS, [self::LINE], [self::CASE], []));

        self::assertStringContainsString('Of 2 past their target it is not known how long they waited', $unknown);
        self::assertStringNotContainsString('waited for the customer', $known);
    }

    public function testWaitingIsUnknownWhereTheBridgeWroteNone(): void
    {
        self::assertStringContainsString(
            'CASE WHEN cases_cstm.sla_breached_c = 1 AND cases_cstm.waiting_hours_c IS NULL THEN CASE',
            FollowUpQuery::countsSql($this->cases, $this->months())
        );
    }

    public function testTheOldestLeadToTheirCasesAndSayThatTheTargetIsMissed(): void
    {
        $late = $this->draw(self::COUNTS, [self::LINE], [self::CASE], []);
        $intime = $this->draw(self::COUNTS, [self::LINE], [['breached' => '0'] + self::CASE], []);

        self::assertStringContainsString('module=Cases&amp;action=DetailView&amp;record=c1', $late);
        self::assertStringContainsString('12target missed', $this->text($late));
        self::assertStringNotContainsString('target missed', $intime);
    }

    public function testTasksLeadToTheirRecordsAndLateOnesStandOut(): void
    {
        $late = ['id' => 't1', 'name' => 'Call Ann', 'due' => '21 Nov', 'late' => true];
        $later = ['id' => 't2', 'name' => 'Lamp: more complaints than usual', 'due' => '30 Nov', 'late' => false];
        $html = $this->draw(self::COUNTS, [self::LINE], [], [$late, $later]);

        self::assertStringContainsString('module=Tasks&amp;action=DetailView&amp;record=t1', $html);
        self::assertStringContainsString('21 Novoverdue', $this->text($html));
        self::assertSame(1, substr_count($html, 'overdue'));
        self::assertStringContainsString('Lamp: more complaints than usual30 Nov', $this->text($html));
    }

    public function testTasksAreOpenOnesOfComplaintsThatTheUserMaySee(): void
    {
        $this->bean->access = "cases.assigned_user_id = 'u1'";
        $tasks = new Bean($this->db, 'tasks');
        $tasks->access = "tasks.assigned_user_id = 'u1'";
        TasksQuery::latest(new Table($tasks), $this->cases, 'Cases', 5);

        self::assertSame(
            'SELECT tasks.id AS id, tasks.name AS name, tasks.date_due AS due FROM tasks'
            . ' INNER JOIN cases INNER JOIN cases_cstm ON cases_cstm.id_c = cases.id ON cases.id = tasks.parent_id'
            . " WHERE tasks.deleted = 0 AND tasks.parent_type IN ('Cases')"
            . " AND COALESCE(tasks.status, '') NOT IN ('Completed', 'Deferred')"
            . ' AND cases.deleted = 0 AND cases_cstm.complaint_c = 1'
            . " AND (cases.status IS NULL OR NOT cases.status IN ('Closed_Duplicate'))"
            . " AND (cases.assigned_user_id = 'u1') AND (tasks.assigned_user_id = 'u1')"
            . ' ORDER BY tasks.date_entered DESC, tasks.id LIMIT 0,5',
            $this->db->queries[0]
        );
    }

    public function testItSpeaksTheUsersLanguage(): void
    {
        $this->speak('fr_FR');
        $text = $this->text($this->draw(['open_now' => 1] + self::COUNTS, [self::LINE], [], []));

        self::assertStringContainsString('1ouverte1dont hors délai7nouvelles ce mois-ci', $text);
        self::assertStringContainsString("Aucune de ces réclamations n'est ouverte.", $text);
    }

    public function testNoComplaintSaysSoInWords(): void
    {
        self::assertStringContainsString('No complaint is open', $this->draw(self::COUNTS, [], [], []));
    }

    public function testNamesAreEscaped(): void
    {
        $line = ['name' => '<script>x'] + self::LINE;
        $case = ['name' => '"><b>x', 'id' => '"><i'] + self::CASE;
        $html = $this->draw(self::COUNTS, [$line], [$case], [['name' => '<u>x', 'id' => '"><i', 'due' => '<s>', 'late' => true]]);

        self::assertStringNotContainsString('<script', $html);
        self::assertStringNotContainsString('"><b>', $html);
        self::assertStringNotContainsString('"><i', $html);
        self::assertStringNotContainsString('<u>', $html);
        self::assertStringNotContainsString('<s>', $html);
        self::assertDoesNotMatchRegularExpression('/javascript:|https?:|src=|@import|url\(/i', $html);
    }

    private function draw(array $counts, array $products, array $oldest, array $tasks): string
    {
        $links = new ComplaintLinks(new Links('Cases'), new Links('AOS_Products'));
        $days = array_fill_keys(['this_month', 'last_month', 'last_by_now'], ['first', 'last']);
        return (new FollowUpDrawing($links, $days))->draw($counts, $products, $oldest, $tasks);
    }

    /** @return string[] */
    private function statements(): array
    {
        $products = new Table(new Bean($this->db, 'aos_products'));
        return [
            FollowUpQuery::countsSql($this->cases, $this->months()),
            FollowUpQuery::productsSql($this->cases, $products, $this->months()),
            FollowUpQuery::oldestSql($this->cases),
        ];
    }

    private function months(): TwoMonths
    {
        return new TwoMonths(new \DateTimeImmutable('2026-11-21 20:00', new \DateTimeZone('Europe/Paris')));
    }

    private function text(string $html): string
    {
        $document = new \DOMDocument();
        $document->loadHTML('<?xml encoding="UTF-8"><div>' . $html . '</div>', LIBXML_NOERROR);
        return $document->textContent;
    }
}
