<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin;

use SuiteCRM\Custom\SuiteCRMBridge\Platform;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class PlatformTest extends FolderCase
{
    private const CACHE = 'include/portability/Services/Cache/CacheManager.php';
    private const MARKS = 'public function markAsNeedsUpdate($key) { $GLOBALS["told"][] = $key; }';

    public function testSuiteCrmEightIsToldToMakeItsCacheAnew(): void
    {
        $checks = 'public function checkIfCacheTableExists() { $GLOBALS["told"][] = "table"; }';
        $this->put(self::CACHE, '<?php class CacheManager { ' . $checks . self::MARKS . ' }');
        Platform::forget();
        $this->assertTrue(Platform::isEight());
        $this->assertSame(['table', 'rebuild_all'], $GLOBALS['told']);
    }

    public function testAnEightThatChecksNoTableIsToldToo(): void
    {
        $this->put(self::CACHE, '<?php class CacheManager { ' . self::MARKS . ' }');
        Platform::forget();
        $this->assertSame(['rebuild_all'], $GLOBALS['told']);
    }

    public function testSevenHasNothingToBeTold(): void
    {
        Platform::forget();
        $this->assertFalse(Platform::isEight());
        $this->assertFalse(class_exists('CacheManager', false));
    }
}
