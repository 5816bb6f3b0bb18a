<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Extension8;

use App\Extension\suitecrmbridge\DependencyInjection\Programmes;
use PHPUnit\Framework\TestCase;

final class LogWordsTest extends TestCase
{
    private const LOG = 'campainglog_activity_type_dom';
    private const FOLDER = __DIR__ . '/../../../custom/Extension/application/Ext/Language';

    /** @var string */
    private $root;
    /** @var string */
    private $before;

    protected function setUp(): void
    {
        $this->before = (string) getcwd();
        $this->root = sys_get_temp_dir() . '/bridge' . bin2hex(random_bytes(8));
        mkdir($this->root . '/include/language', 0777, true);
        chdir($this->root);
    }

    protected function tearDown(): void
    {
        chdir($this->before);
        array_map('unlink', (array) glob($this->root . '/{*.php,include/language/*.php}', GLOB_BRACE));
        array_map('rmdir', [$this->root . '/include/language', $this->root . '/include', $this->root]);
    }

    /** @dataProvider languages */
    public function testEveryoneWhoIsRefusedHasAWordBesideSuiteCrmsOwn(string $language): void
    {
        $reasons = array_filter((new \ReflectionClass(Programmes::class))->getConstants(), 'is_string');
        $reasons = preg_grep('/^programme-/', $reasons);
        $this->assertCount(8, $reasons);
        $words = $this->merged($language, '8.10.1')[self::LOG];
        $this->assertSame('Suppressed', $words['blocked']);
        foreach ($reasons as $reason) {
            $this->assertNotEmpty($words['blocked-' . $reason] ?? '', $reason);
        }
        $this->assertCount(9, array_unique($words));
    }

    /** @dataProvider languages */
    public function testWhatPeopleNamedInStudioStays(string $language): void
    {
        $words = $this->merged($language, '8.10.1', [self::LOG => ['blocked' => 'No']])[self::LOG];
        $this->assertSame('No', $words['blocked']);
        $this->assertCount(9, $words);
    }

    /** @dataProvider languages */
    public function testWhereNobodyIsAskedTheListIsLeftToSuiteCrm(string $language): void
    {
        foreach (['7.12.14', '7.15.0', '8.8.1'] as $version) {
            $this->assertArrayNotHasKey(self::LOG, $this->merged($language, $version));
        }
    }

    public function languages(): array
    {
        return [['en_us'], ['fr_FR']];
    }

    /** What the fragment holds when SuiteCRM of a version merges it after those of Studio. */
    private function merged(string $language, string $version, array $studio = []): array
    {
        file_put_contents('suitecrm_version.php', "<?php \$suitecrm_version = '$version';");
        $own = sprintf("<?php \$app_list_strings = ['%s' => ['blocked' => 'Suppressed']];", self::LOG);
        file_put_contents("include/language/$language.lang.php", $own);
        $app_strings = [];
        $app_list_strings = $studio;
        include self::FOLDER . "/$language.suitecrmbridge.php";
        return $app_list_strings;
    }
}
