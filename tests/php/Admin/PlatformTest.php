<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin;

use SuiteCRM\Custom\SuiteCRMBridge\Admin\FieldsTable;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\PlatformTable;
use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
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
        $this->speakEnglish();
        mkdir('public/legacy', 0775, true);
        is_dir('include') && rename('include', 'public/legacy/include');
        chdir('public/legacy');
        preg_match_all('/&#1000(3|7);/', PlatformTable::draw(), $found);
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
            'version 7, whatever lies above it' => [$new, ['3', '7', '7', '3', '3']],
            'version 8 before 8.9' => [array_merge($old, [self::CACHE]), ['7', '7', '7', '7', '7']],
            'version 8.9 and later' => [array_merge($old, $new, [self::CACHE]), ['3', '3', '3', '7', '7']],
        ];
    }

    public function testEachFieldIsExplainedOnceForThereIsNoHelpBesideIt(): void
    {
        $this->speakEnglish();
        $html = FieldsTable::draw();
        $this->assertSame(1, substr_count($html, '>Segment<'));
        $this->assertSame(1, substr_count($html, '>Target missed<'));
        foreach (Catalogue::FIELDS['Cases'] + Catalogue::FIELDS['Contacts'] as $field => $_) {
            $this->assertStringNotContainsString('>' . $field . '<', $html);
        }
        $this->assertStringNotContainsString('<td></td>', $html);
    }

    public function testSevenHasNothingToBeTold(): void
    {
        Platform::forget();
        $this->assertFalse(Platform::isEight());
        $this->assertFalse(class_exists('CacheManager', false));
    }

    private function speakEnglish(): void
    {
        require __DIR__ . '/module_language.php';
        $app_strings = [];
        $app_list_strings = [];
        require __DIR__ . '/../../../custom/Extension/application/Ext/Language/en_us.suitecrmbridge.php';
        $GLOBALS['app_strings'] = $app_strings;
    }
}
