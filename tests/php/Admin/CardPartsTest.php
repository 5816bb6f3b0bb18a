<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\CardParts;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class CardPartsTest extends TestCase
{
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

    public function testEachPartSaysWhatItIs(): void
    {
        $this->assertStringNotContainsString('page_card', CardParts::draw([]));
    }
}
