<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\Versions;

final class VersionsTest extends TestCase
{
    public function testABridgeOfThePackagesVersionIsGood(): void
    {
        $this->assertStringContainsString('suitecrmbridge-good', Versions::draw('1.2.0', '1.2.0'));
    }

    public function testWhichOfTheTwoIsOlderIsSaid(): void
    {
        foreach (['1.9.0' => 'page_bridge_older', '1.11.0' => 'page_bridge_newer'] as $bridge => $said) {
            $drawn = Versions::draw($bridge, '1.10.0');
            $this->assertStringContainsString('suitecrmbridge-bad', $drawn);
            $this->assertStringContainsString($said, $drawn);
        }
    }

    public function testABridgeThatToldNoVersionIsNotJudged(): void
    {
        foreach ([null, '', 3, '<b>'] as $odd) {
            $this->assertStringNotContainsString('suitecrmbridge-bad', Versions::draw($odd, '1.0.0'));
        }
    }
}
