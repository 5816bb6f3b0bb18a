<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Reports;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns\Store;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class ReportsTest extends DashletCase
{
    protected function setUp(): void
    {
        parent::setUp();
        require_once __DIR__ . '/StandIns/classes.php';
        Store::clear();
        $GLOBALS['current_user'] = (object) ['id' => 'me'];
    }

    public function testItListsThoseToCallOrWinBackTheHighestValueFirst(): void
    {
        Reports::create();
        [$report] = Store::$beans['AOR_Reports'];
        [$condition] = Store::$beans['AOR_Conditions'];
        $fields = Store::$beans['AOR_Fields'];

        self::assertSame('Contacts', $report->report_module);
        self::assertSame(
            ['next_action_c', 'Equal_To', 'Multi', '^call_now^,^win_back^', $report->id],
            [$condition->field, $condition->operator, $condition->value_type, $condition->value, $condition->aor_report_id]
        );
        self::assertSame(range(1, 7), array_column($fields, 'field_order'));
        self::assertSame(['value_at_stake_c', 'DESC', 'SUM'], [end($fields)->field, end($fields)->sort_by, end($fields)->total]);
        self::assertSame(['Contacts'], unserialize(base64_decode($condition->module_path), ['allowed_classes' => false]));
    }

    public function testAnotherInstallationDoesNotCreateItAgain(): void
    {
        Reports::create();
        Reports::create();

        self::assertCount(1, Store::$beans['AOR_Reports']);
    }

    /** @dataProvider languages */
    public function testItIsInTheInstallersLanguage(string $language, string $word): void
    {
        $this->speak($language);
        Reports::create();

        self::assertStringContainsString($word, Store::$beans['AOR_Reports'][0]->name);
        self::assertStringNotContainsString('report_', implode(' ', array_column(Store::$beans['AOR_Fields'], 'label')));
    }

    public function testThereIsOneForEachLanguageThatSuiteCrmOffers(): void
    {
        $this->offer(['fr_FR', 'en_us', 'de_DE']);
        Reports::create();
        Reports::create();
        $names = array_column(Store::$beans['AOR_Reports'], 'name');

        self::assertCount(2, $names);
        self::assertStringContainsString('to call', $names[0]);
        self::assertStringContainsString('à appeler', $names[1]);
        self::assertContains('Assigné à', array_column(Store::$beans['AOR_Fields'], 'label'));
    }

    /** @return string[][] */
    public function languages(): array
    {
        return [['en_us', 'to call'], ['fr_FR', 'à appeler']];
    }

    public function testUninstallingTakesItOutOfTheDatabaseAndForgetsIt(): void
    {
        Store::$db->answer = [['value' => '{"to_call": "id-1"}']];
        Reports::remove();

        foreach (['aor_fields', 'aor_conditions', 'aor_charts', 'aor_scheduled_reports'] as $table) {
            self::assertContains("DELETE FROM $table WHERE aor_report_id = 'id-1'", Store::$db->queries);
        }
        self::assertContains("DELETE FROM aor_reports WHERE id = 'id-1'", Store::$db->queries);
        self::assertStringStartsWith("DELETE FROM config WHERE category = 'suitecrmbridge_reports'", end(Store::$db->queries));
    }

    public function testUninstallingLeavesOtherReportsAlone(): void
    {
        Reports::remove();

        self::assertSame([], preg_grep('/aor_/', Store::$db->queries));
    }
}
