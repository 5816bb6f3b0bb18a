<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin;

use SuiteCRM\Custom\SuiteCRMBridge\RoutesFile;
use SuiteCRM\Custom\SuiteCRMBridge\WrittenFile;

final class WrittenFileTest extends FolderCase
{
    protected function tearDown(): void
    {
        unset($GLOBALS['sugar_config']);
        parent::tearDown();
    }

    private static function mode(string $path): int
    {
        clearstatcache();
        return fileperms($path) & 07777;
    }

    private static function configure(): void
    {
        $GLOBALS['sugar_config']['default_permissions'] = ['file_mode' => 0640, 'dir_mode' => 02750];
    }

    public function testFilesHaveTheRightsThatTheConfigurationDemands(): void
    {
        self::configure();
        WrittenFile::write('custom/new/file.php', '<?php');
        $this->assertSame(0640, self::mode('custom/new/file.php'));
    }

    public function testEveryNewFolderHasTheRightsThatTheConfigurationDemands(): void
    {
        self::configure();
        WrittenFile::write('custom/new/deep/file.php', '<?php');
        $this->assertSame([02750, 02750], [self::mode('custom/new'), self::mode('custom/new/deep')]);
    }

    public function testAFileThatIsReplacedHasThemToo(): void
    {
        $this->put('file.php', 'before');
        chmod('file.php', 0600);
        self::configure();
        WrittenFile::write('file.php', 'after');
        $this->assertSame([0640, 'after'], [self::mode('file.php'), file_get_contents('file.php')]);
    }

    public function testTheRoutesHaveThem(): void
    {
        self::configure();
        RoutesFile::install();
        $this->assertSame(0640, self::mode(RoutesFile::PATH));
    }

    public function testALinkIsReplacedAndWhatItLedToStays(): void
    {
        $this->put('elsewhere.php', 'theirs');
        symlink('elsewhere.php', 'file.php');
        WrittenFile::write('file.php', 'ours');
        $this->assertSame(['theirs', false], [file_get_contents('elsewhere.php'), is_link('file.php')]);
    }

    public function testAFolderThatCannotBeMadeIsToldOf(): void
    {
        $this->put('custom', 'a file where a folder should be');
        $this->expectException(\RuntimeException::class);
        $this->expectExceptionMessage('page_unwritable');
        WrittenFile::write('custom/new/file.php', '<?php');
    }
}
