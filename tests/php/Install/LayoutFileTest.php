<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Install\LayoutFile;
use SuiteCRM\Custom\SuiteCRMBridge\Install\View;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class LayoutFileTest extends InstallCase
{
    private const FILE = 'custom/modules/Contacts/metadata/listviewdefs.php';
    private const DRAFT = 'custom/working/modules/Contacts/metadata/listviewdefs.php';
    private const PREVIEW = 'custom/history/modules/Contacts/metadata/listviewdefs.php';

    public function testAFileThatWasNotThereIsGoneAgain(): void
    {
        $this->layout(['rfm_segment_c'])->install();
        $this->assertFileExists(self::FILE);
        $this->layout(['rfm_segment_c'])->uninstall();
        $this->assertFileDoesNotExist(self::FILE);
        $this->assertDirectoryDoesNotExist(dirname(self::FILE));
    }

    public function testAFileThatWasThereIsByteForByteWhatItWas(): void
    {
        $before = "<?php\r\n// \xE9crit \xE0 la main\r\n";
        $this->put(self::FILE, $before);
        $this->layout(['rfm_segment_c'])->install();
        $this->assertNotSame($before, file_get_contents(self::FILE));
        $this->layout(['rfm_segment_c'])->uninstall();
        $this->assertSame($before, file_get_contents(self::FILE));
    }

    public function testInstallingTwiceAddsNothing(): void
    {
        $this->layout(['rfm_segment_c'])->install();
        $once = file_get_contents(self::FILE);
        $this->layout(['rfm_segment_c'])->install();
        $this->assertSame($once, file_get_contents(self::FILE));
        $this->layout(['rfm_segment_c'])->uninstall();
        $this->assertFileDoesNotExist(self::FILE);
    }

    public function testALayoutThatNobodyChangedIsLaidAnewByANewerVersion(): void
    {
        $this->put(self::FILE, 'name ');
        $this->layout(['rfm_segment_c', 'clv_c'])->install();
        $this->layout(['clv_c', 'margin_c', 'rfm_segment_c'])->install();
        $this->assertSame('name clv_c margin_c rfm_segment_c ', file_get_contents(self::FILE));
        $this->layout(['clv_c'])->uninstall();
        $this->assertSame('name ', file_get_contents(self::FILE));
    }

    public function testAnAdministratorsLayoutStaysWithoutThePackagesFields(): void
    {
        $this->layout(['rfm_segment_c'])->install();
        $this->put(self::FILE, file_get_contents(self::FILE) . 'his_own ');
        $this->layout(['rfm_segment_c'])->uninstall();
        $this->assertSame('his_own ', file_get_contents(self::FILE));
    }

    public function testAFieldThatAnAdministratorTookOffStaysOffAfterAnUpgrade(): void
    {
        $this->layout(['rfm_segment_c', 'clv_c'])->install();
        $this->put(self::FILE, 'clv_c ');
        $this->layout(['rfm_segment_c', 'clv_c', 'margin_c'])->install();
        $this->assertSame('clv_c margin_c ', file_get_contents(self::FILE));
    }

    public function testAnUpgradeAfterAnAdministratorsChangeNeverBringsTheOldLayoutBack(): void
    {
        $this->put(self::FILE, 'old ');
        $this->layout(['rfm_segment_c'])->install();
        $this->put(self::FILE, 'new rfm_segment_c ');
        $this->layout(['rfm_segment_c', 'clv_c'])->install();
        $this->layout(['rfm_segment_c', 'clv_c'])->uninstall();
        $this->assertSame('new ', file_get_contents(self::FILE));
    }

    public function testADraftThatIsNotPublishedStaysADraft(): void
    {
        $this->put(self::DRAFT, 'draft');
        $this->put(self::PREVIEW, 'preview');
        $seen = [];
        $view = $this->view(['rfm_segment_c'], static function () use (&$seen): void {
            $seen = [is_file(self::DRAFT), is_file(self::PREVIEW)];
        });
        (new LayoutFile('Contacts', 'listviewdefs', [$view]))->install();
        $this->assertSame([false, false], $seen);
        $this->assertSame(['draft', 'preview'], [file_get_contents(self::DRAFT), file_get_contents(self::PREVIEW)]);
    }

    public function testADraftComesBackEvenAfterAFailure(): void
    {
        $this->put(self::DRAFT, 'draft');
        $view = $this->view(['rfm_segment_c'], static function (): void {
            throw new \RuntimeException('no');
        });
        try {
            (new LayoutFile('Contacts', 'listviewdefs', [$view]))->install();
            $this->fail('the failure was swallowed');
        } catch (\RuntimeException $error) {
            $this->assertSame('draft', file_get_contents(self::DRAFT));
        }
    }

    /** @param string[] $fields */
    private function layout(array $fields): LayoutFile
    {
        return new LayoutFile('Contacts', 'listviewdefs', [$this->view($fields)]);
    }

    /** A view whose layout is a text of field names. */
    private function view(array $fields, ?callable $whenAdding = null): View
    {
        return new class (self::FILE, $fields, $whenAdding) implements View {
            private $file;
            private $fields;
            private $whenAdding;

            public function __construct(string $file, array $fields, ?callable $whenAdding)
            {
                $this->file = $file;
                $this->fields = $fields;
                $this->whenAdding = $whenAdding;
            }

            public function name(): string
            {
                return 'listview';
            }

            public function fields(): array
            {
                return $this->fields;
            }

            public function add(array $fields): void
            {
                if ($this->whenAdding) {
                    ($this->whenAdding)();
                }
                if (!is_dir(dirname($this->file))) {
                    mkdir(dirname($this->file), 0775, true);
                }
                file_put_contents($this->file, implode(' ', $fields) . ' ', FILE_APPEND);
            }

            public function remove(array $fields): void
            {
                $names = array_diff(explode(' ', trim(file_get_contents($this->file))), $fields);
                file_put_contents($this->file, implode(' ', $names) . ' ');
            }
        };
    }
}
