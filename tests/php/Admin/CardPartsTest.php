<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\CardParts;
use SuiteCRM\Custom\SuiteCRMBridge\Card\Parts;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class CardPartsTest extends TestCase
{
    private const WIDGETS = 'core/backend/ViewDefinitions/LegacyHandler';

    protected function setUp(): void
    {
        $GLOBALS['_SESSION'] = [];
        $app_strings = $app_list_strings = [];
        require __DIR__ . '/../../../custom/Extension/application/Ext/Language/en_us.suitecrmbridge.php';
        $GLOBALS['app_strings'] = $app_strings;
    }

    public function testEachPartHasASwitchThatSaysWhatIsToBeAndCarriesTheSessionsToken(): void
    {
        $drawn = CardParts::draw(['cases']);
        $this->assertSame(3, substr_count($drawn, 'aria-checked="true"'));
        $this->assertMatchesRegularExpression('/value="cases"><input[^>]*name="shown" value="1">.*aria-checked="false"/', $drawn);
        $this->assertMatchesRegularExpression('/value="card"><input[^>]*name="shown" value="0">/', $drawn);
        $this->assertSame(4, substr_count($drawn, 'name="form" value="' . $GLOBALS['_SESSION']['suitecrmbridge_form'] . '"'));
    }

    /** @dataProvider versions */
    public function testOnlyWhatThisSuiteCrmCanShowHasASwitch(array $folders, array $wanted): void
    {
        $home = getcwd();
        $root = sys_get_temp_dir() . '/' . uniqid('bridge', true);
        foreach (array_merge(['public/legacy'], $folders) as $folder) {
            mkdir("$root/$folder", 0775, true);
        }
        if (in_array(self::WIDGETS, $folders, true)) {
            touch("$root/" . self::WIDGETS . '/ViewConfigMapperInterface.php');
        }
        chdir("$root/public/legacy");
        $parts = Parts::here();
        chdir($home);
        $this->assertSame($wanted, $parts);
    }

    public function versions(): array
    {
        $eight = 'public/legacy/include/portability';
        return [
            '7' => [[], [Parts::CARD, Parts::CASES, Parts::CHANGES, Parts::GROUPS]],
            '8.8' => [[$eight], []],
            '8.9' => [[$eight, self::WIDGETS], Parts::ALL],
        ];
    }

    public function testEachPartSaysWhatItIs(): void
    {
        foreach (Parts::ALL as $part) {
            foreach (['page_card_' . $part, "page_card_{$part}_help"] as $name) {
                $this->assertNotSame($name, Texts::get($name));
            }
        }
    }
}
