<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Extension8;

use App\Extension\suitecrmbridge\DependencyInjection\Programmes;
use PHPUnit\Framework\TestCase;

final class LogWordsTest extends TestCase
{
    private const LOG = 'campainglog_activity_type_dom';

    protected function tearDown(): void
    {
        unset($GLOBALS['suitecrm_version']);
    }

    /** @dataProvider languages */
    public function testEveryoneWhoIsRefusedHasAWordInTheCampaignsLog(string $language): void
    {
        $reasons = preg_grep('/^programme-/', array_filter((new \ReflectionClass(Programmes::class))->getConstants(), 'is_string'));
        $this->assertCount(8, $reasons);
        $words = $this->words($language, '8.10.1', ['blocked' => 'Suppressed']);
        $this->assertSame('Suppressed', $words['blocked']);
        foreach ($reasons as $reason) {
            $this->assertNotEmpty($words['blocked-' . $reason] ?? '', $reason);
        }
        $this->assertCount(9, array_unique($words));
    }

    /** @dataProvider languages */
    public function testWhereNobodyIsAskedTheListIsAsItWas(string $language): void
    {
        foreach (['7.12.14', '7.15.0', '8.8.1'] as $version) {
            $this->assertSame(['removed' => 'Opted out'], $this->words($language, $version, ['removed' => 'Opted out']));
        }
    }

    public function languages(): array
    {
        return [['en_us'], ['fr_FR']];
    }

    private function words(string $language, string $version, array $before): array
    {
        $GLOBALS['suitecrm_version'] = $version;
        $app_strings = [];
        $app_list_strings = [self::LOG => $before];
        include __DIR__ . "/../../../custom/Extension/application/Ext/Language/$language.suitecrmbridge.php";
        return $app_list_strings[self::LOG];
    }
}
