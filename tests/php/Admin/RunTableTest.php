<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\RunTable;

final class RunTableTest extends TestCase
{
    /** @dataProvider days */
    public function testWhatCouldNotBeReadStandsWithTheDayOfItsLastReading(string $day, string $shown): void
    {
        require_once __DIR__ . '/stand_ins.php';
        require_once __DIR__ . '/time_date.php';
        $GLOBALS['bridge_test_strings'] = ['LBL_SUITECRMBRIDGE_PAGE_PAIR' => '{name}: {value}'];
        $GLOBALS['app_list_strings']['moduleList'] = ['AOS_Invoices' => 'Invoices'];
        $drawn = RunTable::draw([
            'started_at' => '2026-03-10 02:15:00', 'finished_at' => '2026-03-10 02:16:00',
            'result' => 'incomplete', 'figures' => ['stale' => ['AOS_Invoices' => $day]],
        ]);
        $this->assertStringContainsString('incomplete', $drawn);
        $this->assertStringContainsString($shown, $drawn);
    }

    /** @return array<string, array{string, string}> */
    public static function days(): array
    {
        return ['a day' => ['2026-03-09', 'day 2026-03-09'], 'never' => ['', '–']];
    }
}
