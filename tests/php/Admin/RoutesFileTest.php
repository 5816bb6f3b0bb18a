<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin;

use SuiteCRM\Custom\SuiteCRMBridge\RoutesFile;

final class RoutesFileTest extends FolderCase
{
    private const OTHERS = [
        'plain' => "<?php\n\$app->get('/other', 'Other:get');\n",
        'closed' => "<?php\n\$app->get('/other', 'Other:get');\n?>\n",
        'closed with HTML' => "<?php\n\$app->get('/other', 'Other:get');\n?>\n<p>\n",
        'with a closing tag in a text' => "<?php\n\$text = '?>';\n",
        'with a comment about us' => "<?php\n// see SuiteCRM Bridge\n",
    ];

    public function testTheFileAndItsFoldersComeAndGoWithTheBlock(): void
    {
        RoutesFile::install();
        $this->assertFileExists(RoutesFile::PATH);
        RoutesFile::remove();
        $this->assertFileDoesNotExist(RoutesFile::PATH);
        $this->assertDirectoryDoesNotExist('custom/application/Ext/Api');
    }

    /** @dataProvider others */
    public function testTheRoutesOfOtherPackagesStayAsTheyAre(string $source): void
    {
        $this->put(RoutesFile::PATH, $source);
        RoutesFile::install();
        $this->assertStringStartsWith($source, file_get_contents(RoutesFile::PATH));
        RoutesFile::remove();
        $this->assertStringEqualsFile(RoutesFile::PATH, $source);
    }

    /** @dataProvider others */
    public function testInstallingAgainChangesNothing(string $source): void
    {
        $once = RoutesFile::withBlock($source);
        $this->assertSame($once, RoutesFile::withBlock($once));
    }

    /** @dataProvider others */
    public function testTheBlockIsAlwaysRunAsPhp(string $source): void
    {
        $tokens = token_get_all(RoutesFile::withBlock($source));
        $requires = array_filter($tokens, static function ($token): bool {
            return is_array($token) && $token[0] === T_REQUIRE;
        });
        $this->assertCount(1, $requires);
    }

    public function others(): array
    {
        return array_map(static function (string $source): array {
            return [$source];
        }, self::OTHERS);
    }

    public function testABlockBetweenTheRoutesOfOthersIsTakenOutAlone(): void
    {
        $source = RoutesFile::withBlock("<?php\nfirst();\n") . "second();\n";
        $this->assertSame("<?php\nfirst();\nsecond();\n", RoutesFile::withoutBlock($source));
    }

    public function testRoutesAreInstalledOnlyIfTheBlockAndItsFileAreThere(): void
    {
        $this->assertFalse(RoutesFile::isInstalled());
        RoutesFile::install();
        $this->assertFalse(RoutesFile::isInstalled());
        $this->put(RoutesFile::ROUTES, '<?php');
        $this->assertTrue(RoutesFile::isInstalled());
        $this->put(RoutesFile::PATH, "<?php\n// overwritten by another package\n");
        $this->assertFalse(RoutesFile::isInstalled());
    }

    public function testNoDraftIsLeftBeside(): void
    {
        RoutesFile::install();
        $this->assertSame([RoutesFile::PATH], glob(dirname(RoutesFile::PATH) . '/*'));
    }

    public function testWhileTheClassesAreAwaySuiteCrmsOwnRoutesGoOnAnswering(): void
    {
        // A process of its own, for here the classes are found.
        $script = tempnam(sys_get_temp_dir(), 'routes');
        $file = var_export(dirname(__DIR__, 3) . '/' . RoutesFile::ROUTES, true);
        file_put_contents($script, "<?php define('sugarEntry', true); \$app = null; require $file; echo 'goes on';");
        exec(escapeshellarg(PHP_BINARY) . ' ' . escapeshellarg($script) . ' 2>&1', $said, $code);
        unlink($script);
        self::assertSame(['goes on'], $said);
        self::assertSame(0, $code);
    }
}
