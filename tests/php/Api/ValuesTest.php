<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Values;
use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

/** What RouteVectorsTest cannot say in JSON, and what goes through the whole catalogue. */
final class ValuesTest extends ApiCase
{
    public function testBrokenUtf8IsRefused(): void
    {
        $this->assertRefused('invalid_value', 'x', static function () {
            Values::stored(['type' => 'varchar', 'length' => 5], "a\xff", 'x');
        });
        $this->assertRefused('invalid_value', 'id', static function () {
            Values::id("\xE9", 'id');
        });
    }

    public function testEveryKeyOfEveryDropdownIsAllowed(): void
    {
        foreach (Catalogue::DROPDOWNS as $dropdown => $keys) {
            foreach ($keys as $key) {
                $this->assertSame($key, Values::stored(['type' => 'enum', 'dropdown' => $dropdown], $key, 'x'));
            }
        }
    }
}
