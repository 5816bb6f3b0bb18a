<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin;

use SuiteCRM\Custom\SuiteCRMBridge\Admin\PlatformTable;
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

    /** @dataProvider versions */
    public function testThePageSaysWhatThisSuiteCrmCannotShow(array $files, array $signs): void
    {
        foreach ($files as $file) {
            $this->put($file, '<?php');
        }
        mkdir('public/legacy', 0775, true);
        is_dir('include') && rename('include', 'public/legacy/include');
        chdir('public/legacy');
        $app_strings = [];
        $app_list_strings = [];
        require __DIR__ . '/../../../custom/Extension/application/Ext/Language/en_us.suitecrmbridge.php';
        $GLOBALS['app_strings'] = $app_strings;
        preg_match_all('/suitecrmbridge-(good|bad)/', PlatformTable::draw(), $found);
        chdir('../..');
        $this->assertSame($signs, $found[1]);
    }

    public function versions(): array
    {
        $old = ['core/backend/Kernel.php'];
        $new = [
            'core/backend/ViewDefinitions/LegacyHandler/ViewConfigMapperInterface.php',
            'core/modules/Campaigns/Service/Email/Targets/Validation/BaseEmailTargetValidator.php',
        ];
        return [
            'version 7, whatever lies above it' => [$new, ['good', 'bad', 'bad', 'good']],
            'version 8 before 8.9' => [array_merge($old, [self::CACHE]), ['bad', 'bad', 'bad', 'bad']],
            'version 8.9 and later' => [array_merge($old, $new, [self::CACHE]), ['good', 'good', 'good', 'bad']],
        ];
    }

    public function testSevenHasNothingToBeTold(): void
    {
        Platform::forget();
        $this->assertFalse(Platform::isEight());
        $this->assertFalse(class_exists('CacheManager', false));
    }
}
