<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\WatchSwitch;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class WatchSwitchTest extends TestCase
{
    private const NOW = '2026-03-10 12:00:00';

    protected function setUp(): void
    {
        $GLOBALS['_SESSION'] = [];
        require_once __DIR__ . '/stand_ins.php';
        require_once __DIR__ . '/../Dashlets/StandIns/functions.php';
        $app_strings = $app_list_strings = [];
        require __DIR__ . '/../../../custom/Extension/application/Ext/Language/en_us.suitecrmbridge.php';
        $GLOBALS['app_strings'] = $app_strings;
    }

    /** @dataProvider states */
    public function testItSaysWhetherItLooksAndTheButtonDoesTheOther(bool $isOn, string $last, string $said, string $act): void
    {
        $drawn = WatchSwitch::draw($isOn, $last, self::NOW);
        $this->assertStringContainsString($said, $drawn);
        $this->assertStringContainsString('name="act" value="' . $act . '"', $drawn);
        $this->assertStringContainsString($GLOBALS['_SESSION']['suitecrmbridge_form'], $drawn);
    }

    public static function states(): array
    {
        return [
            'off' => [false, '', 'Off: nobody is told', 'watch_on'],
            'never looked' => [true, '', 'it has not looked yet', 'watch_off'],
            'looks' => [true, '2026-03-10 11:17:00', 'suitecrmbridge-good', 'watch_off'],
            'stands still' => [true, '2026-03-09 11:17:00', 'no longer run', 'watch_off'],
        ];
    }
}
