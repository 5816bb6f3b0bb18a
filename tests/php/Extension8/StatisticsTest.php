<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Extension8;

use App\Data\LegacyHandler\ListDataQueryHandler;
use App\Extension\suitecrmbridge\Statistics\Changes;
use App\Extension\suitecrmbridge\Statistics\CustomerCard;
use App\Extension\suitecrmbridge\Statistics\Purchases;
use App\Extension\suitecrmbridge\Statistics\Segments;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Card\CardBean;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Card\CardCase;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Widgets\ListBean;

/**
 * What SuiteCRM 8's widgets are answered.
 *
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class StatisticsTest extends CardCase
{
    protected function setUp(): void
    {
        require_once __DIR__ . '/StandIns/statistics.php';
        require_once __DIR__ . '/../Widgets/BeanFactory.php';
        parent::setUp();
        $GLOBALS['log'] = new class {
            public $lines = [];

            public function fatal($line): void
            {
                $this->lines[] = $line;
            }
        };
    }

    public function testACardIsOneAnswerWithEveryLineTheEmptyOnesToo(): void
    {
        \BeanFactory::$record = new CardBean(self::PROSPECT);
        $card = new CustomerCard();
        $fields = $this->fields($card, 'contacts');
        $this->assertSame(CustomerCard::LINES, array_keys($fields));
        $this->assertSame(['value' => 'Prospect'], $fields['segment']);
        $this->assertSame(['value' => ''], $fields['stake']);
        $this->assertSame([['Contacts', 'c1']], \BeanFactory::$asked);
        $this->assertSame(['init', 'start', 'close'], $card->steps);
    }

    /** @dataProvider foreign */
    public function testWhatIsNoCustomerHasNoCardAndIsNotLookedUp(string $module, string $id): void
    {
        $fields = $this->fields(new CustomerCard(), $module, $id);
        $this->assertSame([''], array_values(array_unique(array_column($fields, 'value'))));
        $this->assertSame([], \BeanFactory::$asked);
    }

    public function testACardThatCannotBeMadeSaysSoAndLeavesSuiteCrmAsItWas(): void
    {
        $card = new CustomerCard();
        $fields = $this->fields($card, 'accounts');
        $this->assertStringContainsString('could not be read', $fields['failed']['value']);
        $this->assertSame(['init', 'start', 'close'], $card->steps);
        $this->assertStringContainsString('gone', $GLOBALS['log']->lines[0]);
    }

    public function testPurchasesAreDrawnMonthByMonthInTheBaseCurrency(): void
    {
        \DBManagerFactory::$facts = '{"months": "2025-12,0,0,5000,0,0,0,0,0,0,0,0,12345"}';
        \BeanFactory::$record = new CardBean(self::LOYAL);
        $purchases = new Purchases();
        $chart = $purchases->getData(['context' => ['module' => 'accounts', 'id' => 'c1']]);
        $this->assertSame('123.45', $chart->data['singleSeries'][11]['value']);
        $this->assertSame('currency', $chart->metadata['dataType']);
        $this->assertSame(['init', 'start', 'close'], $purchases->steps);
    }

    /** @dataProvider changes */
    public function testALinkLeadsToWhatChangedWhenWhereTheReaderFindsSomethingThere(
        array $changes,
        bool $mayView,
        string $off,
        string $address
    ): void {
        \DBManagerFactory::$changes = $changes;
        \DBManagerFactory::$off = $off;
        \BeanFactory::$record = new CardBean(self::LOYAL);
        \BeanFactory::$record->mayView = $mayView;
        $link = new Changes();
        $told = $link->getData(['context' => ['module' => 'accounts', 'id' => 'c1']]);
        $this->assertSame($address, $told->data['value']);
        $this->assertSame($address === '' ? null : "What changed when\u{a0}→", $told->data['linkText'] ?? null);
        $this->assertSame('url', $told->metadata['dataType']);
        $this->assertSame(['init', 'start', 'close'], $link->steps);
    }

    public function changes(): array
    {
        $changes = [['what' => 'segment', 'since' => '2026-11-02', 'value' => 'loyal']];
        return [
            'something changed' => [$changes, true, '', './#/accounts/suitecrmbridgetimeline/c1'],
            'nothing is known' => [[], true, '', ''],
            'a record that they may not view' => [$changes, false, '', ''],
            'switched off' => [$changes, true, 'changes', ''],
        ];
    }

    public function testNoLinkLeadsToWhatIsNoCustomerOrCannotBeRead(): void
    {
        foreach (['cases', 'contacts'] as $module) {
            $told = (new Changes())->getData(['context' => ['module' => $module, 'id' => 'c1']]);
            $this->assertSame('', $told->data['value']);
        }
        $this->assertCount(1, $GLOBALS['log']->lines);
    }

    public function testPurchasesThatCannotBeReadAreNoChart(): void
    {
        $purchases = new Purchases();
        $chart = $purchases->getData(['context' => ['module' => 'contacts', 'id' => 'c1']]);
        $this->assertSame([], $chart->data['singleSeries']);
        $this->assertSame(['init', 'start', 'close'], $purchases->steps);
    }

    public function testAChartCountsWhatTheListHasWithItsFilterAndTheReadersRights(): void
    {
        [$chart, $lists] = $this->chart([
            ['segment' => 'prospect', 'customers' => '121'],
            ['segment' => '', 'customers' => '7'],
            ['segment' => 'champions', 'customers' => '3'],
        ]);
        $this->assertSame([
            ['name' => 'Champions', 'value' => '3'],
            ['name' => 'Prospect', 'value' => '121'],
        ], $chart->data['singleSeries']);
        [$criteria, $parts] = $lists->asked;
        $this->assertSame(['filters' => ['city' => 'Lyon']], $criteria);
        $this->assertStringContainsString("contacts.assigned_user_id = 'me'", $parts['where']);
        $this->assertStringContainsString('COUNT(DISTINCT contacts.id)', $parts['select']);
        $this->assertSame('', $parts['order_by']);
        $this->assertStringContainsString('GROUP BY contacts_cstm.rfm_segment_c', $parts['group_by']);
    }

    public function testAWholeListIsCountedFromTwoTablesWithTheReadersRights(): void
    {
        $bean = new ListBean();
        \BeanFactory::$record = $bean;
        $segments = new Segments();
        $segments->setLists(new ListDataQueryHandler());
        $criteria = ['name' => 'default', 'filters' => []];
        $chart = $segments->getData(['context' => ['module' => 'contacts', 'criteria' => $criteria]]);
        $this->assertSame([['name' => 'Loyal', 'value' => '5']], $chart->data['singleSeries']);
        $this->assertStringContainsString(' FROM contacts INNER JOIN contacts_cstm ', $bean->db->asked[0]);
        $this->assertStringContainsString("AND (contacts.assigned_user_id = 'me')", $bean->db->asked[0]);
        $this->assertCount(1, $bean->db->asked);
    }

    public function testABarHasTheColourOfItsSegment(): void
    {
        [$chart] = $this->chart([['segment' => 'loyal', 'customers' => '1']]);
        $this->assertSame(['domain' => ['#3fa66b']], $chart->metadata['chartOptions']['scheme']);
    }

    public function testWhoMayNotListIsShownNoSegments(): void
    {
        [$chart, $lists] = $this->chart([['segment' => 'loyal', 'customers' => '1']], false);
        $this->assertSame([[], []], [$chart->data['singleSeries'], $lists->asked]);
    }

    public function testAChartThatCannotBeMadeIsEmpty(): void
    {
        $segments = new Segments();
        $segments->setLists(new ListDataQueryHandler());
        $chart = $segments->getData(['context' => ['module' => 'contacts']]);
        $this->assertSame([], $chart->data['singleSeries']);
        $this->assertSame(['init', 'start', 'close'], $segments->steps);
    }

    public function testAListOfOthersHasNoChart(): void
    {
        $segments = new Segments();
        $this->assertSame([], $segments->getData(['context' => ['module' => 'leads']])->data['singleSeries']);
        $this->assertSame([], $segments->steps);
    }

    public function foreign(): array
    {
        return ['another module' => ['leads', 'l1'], 'a new record' => ['contacts', ''], 'nothing' => ['', '']];
    }

    private function fields(CustomerCard $card, string $module, string $id = 'c1'): array
    {
        return $card->getData(['context' => ['module' => $module, 'id' => $id]])->data['fields'];
    }

    private function chart(array $rows, bool $mayList = true): array
    {
        $bean = new ListBean();
        $bean->mayList = $mayList;
        \BeanFactory::$record = $bean;
        $lists = new ListDataQueryHandler();
        $lists->rows = $rows;
        $segments = new Segments();
        $segments->setLists($lists);
        $criteria = ['filters' => ['city' => 'Lyon']];
        return [$segments->getData(['context' => ['module' => 'contacts', 'criteria' => $criteria]]), $lists];
    }
}
