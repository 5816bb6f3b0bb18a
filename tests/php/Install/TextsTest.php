<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Texts;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class TextsTest extends InstallCase
{
    public function testATextHasItsPlaceholdersFilledIn(): void
    {
        $GLOBALS['app_strings'] = ['LBL_SUITECRMBRIDGE_GREETING' => '{name}: {count}'];
        $this->assertSame('{count}: 3', Texts::get('greeting', ['name' => '{count}', 'count' => 3]));
    }

    /** @dataProvider counts */
    public function testATextWithACountHasItsSingular(string $language, int $count, string $expected): void
    {
        $GLOBALS['current_language'] = $language;
        $GLOBALS['app_strings'] = [
            'LBL_SUITECRMBRIDGE_ROWS' => '{count} many',
            'LBL_SUITECRMBRIDGE_ROWS_ONE' => '{count} one',
        ];
        $this->assertSame($expected, Texts::get('rows', ['count' => $count]));
    }

    public function counts(): array
    {
        return [['en_us', 0, '0 many'], ['en_us', 1, '1 one'], ['fr_FR', 0, '0 one'], ['fr_FR', 2, '2 many']];
    }

    public function testWhereNoLanguageIsLoadedYetItIsLoaded(): void
    {
        $GLOBALS['app_strings'] = [];
        $this->assertSame('unknown: a of b', Texts::get('unknown_fields', ['fields' => 'a', 'module' => 'b']));
    }

    public function testAnOptionHasTheLabelOfItsList(): void
    {
        $GLOBALS['app_list_strings'] = ['suitecrmbridge_segment' => ['lost' => 'Perdus']];
        $this->assertSame('Perdus', Texts::option('segment', 'lost'));
        $this->assertSame('odd', Texts::option('segment', 'odd'));
    }

    public function testALabelIsNamedAfterItsField(): void
    {
        $this->assertSame('LBL_SUITECRMBRIDGE_RFM_SEGMENT', Texts::label('rfm_segment_c'));
    }
}
