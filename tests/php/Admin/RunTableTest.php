<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\RunTable;

final class RunTableTest extends TestCase
{
    private const RUN = ['started_at' => '2026-03-10 02:15:00', 'finished_at' => '2026-03-10 02:16:00',
        'result' => 'done', 'figures' => []];
    private const NOW = '2026-03-10 12:00:00';

    protected function setUp(): void
    {
        require_once __DIR__ . '/stand_ins.php';
        require_once __DIR__ . '/../Dashlets/StandIns/functions.php';
        $GLOBALS['bridge_test_strings'] = [
            'LBL_SUITECRMBRIDGE_PAGE_PAIR' => '{name}: {value}',
            'LBL_SUITECRMBRIDGE_PAGE_OLD_RUN' => 'ended {days} days ago',
        ];
        $GLOBALS['app_list_strings']['moduleList'] = ['AOS_Invoices' => 'Invoices'];
    }

    /** @dataProvider noughts */
    public function testAFigureThatSaysNothingHasNoRow($figure): void
    {
        $drawn = RunTable::draw(['figures' => ['failed' => $figure, 'written' => 7]] + self::RUN, self::NOW);
        $this->assertStringNotContainsString('failed', $drawn);
        $this->assertStringContainsString('written', $drawn);
    }

    /** @return array<string, array> */
    public static function noughts(): array
    {
        return ['nought' => [0], 'none' => [[]], 'nought of each' => [['Contacts' => 0, 'Accounts' => 0]], 'no time' => [0.0]];
    }

    public function testOfAFigureOnlyThePartsThatSaySomethingAreShown(): void
    {
        $figures = ['pulled' => ['Cases' => 0, 'AOS_Invoices' => 3]];
        $drawn = RunTable::draw(['figures' => $figures] + self::RUN, self::NOW);
        $this->assertStringContainsString('Invoices: 3', $drawn);
        $this->assertStringNotContainsString('Cases', $drawn);
    }

    /** @dataProvider ages */
    public function testARunThatIsOverForDaysIsWarnedOf(string $now, bool $isOld): void
    {
        $drawn = RunTable::draw(self::RUN, $now);
        $this->assertSame($isOld, strpos($drawn, 'ended 2 days ago') !== false);
        $this->assertSame($isOld, strpos($drawn, 'role="alert"') !== false);
    }

    /** @return array<string, array{string, bool}> */
    public static function ages(): array
    {
        return [
            'almost two days' => ['2026-03-12 02:15:59', false],
            'two days' => ['2026-03-12 02:16:00', true],
            'a clock that is behind' => ['2026-03-09 02:16:00', false],
        ];
    }

    /** @dataProvider days */
    public function testWhatCouldNotBeReadStandsWithTheDayOfItsLastReading(string $day, string $shown): void
    {
        $figures = ['stale' => ['AOS_Invoices' => $day]];
        $drawn = RunTable::draw(['result' => 'incomplete', 'figures' => $figures] + self::RUN, self::NOW);
        $this->assertStringContainsString('incomplete', $drawn);
        $this->assertStringContainsString($shown, $drawn);
    }

    /** @return array<string, array{string, string}> */
    public static function days(): array
    {
        return ['a day' => ['2026-03-09', 'day 2026-03-09'], 'never' => ['', '–']];
    }
}
