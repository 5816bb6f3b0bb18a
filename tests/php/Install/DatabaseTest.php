<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Install\History;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Indexes;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Setup;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class DatabaseTest extends InstallCase
{
    public function testEachIndexedFieldGetsAnIndexOnTheCustomTable(): void
    {
        Indexes::create();
        $this->assertContains(
            'CREATE INDEX idx_scrmbridge_rfm_segment_c ON contacts_cstm (rfm_segment_c)',
            $this->database->statements
        );
        $this->assertContains(
            'CREATE INDEX idx_scrmbridge_complaint_c ON cases_cstm (complaint_c)',
            $this->database->statements
        );
    }

    public function testAFieldThatAnIndexBeginsWithGetsNoSecondOne(): void
    {
        $this->database->indices['contacts_cstm'] = [
            'his_own' => ['name' => 'his_own', 'fields' => ['rfm_segment_c', 'id_c']],
        ];
        Indexes::create();
        $this->assertNotContains(
            'CREATE INDEX idx_scrmbridge_rfm_segment_c ON contacts_cstm (rfm_segment_c)',
            $this->database->statements
        );
    }

    public function testOnlyThePackagesIndexesAreRemoved(): void
    {
        $this->database->indices['contacts_cstm'] = [
            'his_own' => ['name' => 'his_own', 'fields' => ['rfm_segment_c']],
            'idx_scrmbridge_lifecycle_c' => ['name' => 'idx_scrmbridge_lifecycle_c', 'fields' => ['lifecycle_c']],
        ];
        Indexes::remove();
        $this->assertSame(
            ['DROP INDEX idx_scrmbridge_lifecycle_c ON contacts_cstm'],
            $this->database->statements
        );
    }

    public function testAnOlderVersionThatSuiteCrmTakesForNoneLeavesTheList(): void
    {
        $this->put('upload/old.zip');
        $this->put('upload/new.zip');
        $_REQUEST = ['previous_id' => '', 'install_file' => 'upload/new.zip'];
        $this->database->rows = [['filename' => 'upload/old.zip'], ['filename' => 'upload/new.zip']];
        History::replace();
        $this->assertSame(['upload/new.zip'], $this->files());
        $this->assertContains(
            "DELETE FROM upgrade_history WHERE id_name = 'SuiteCRMBridge'",
            $this->database->statements
        );
    }

    /** @dataProvider spellings */
    public function testTheZipThatIsBeingInstalledStaysHoweverSuiteCrmNamesIt(string $given, array $session): void
    {
        $this->put('upload/upgrades/module/new.zip');
        $_REQUEST = ['previous_id' => '', 'install_file' => $given];
        $_SESSION = ['file2Hash' => $session];
        $this->database->rows = [['filename' => 'upload/upgrades/module/new.zip']];
        History::replace();
        $this->assertSame(['upload/upgrades/module/new.zip'], $this->files());
    }

    public function spellings(): array
    {
        $path = 'upload/upgrades/module/new.zip';
        $stream = 'upload://upgrades/module/new.zip';
        return [
            'its path' => [$path, []],
            'what stands for its path' => ['6cb1', ['6cb1' => $path]],
            'what stands for where it was uploaded' => ['8b43', ['8b43' => $stream]],
            'where it was uploaded' => [$stream, []],
        ];
    }

    public function testALineThatSuiteCrmReplacesByItselfIsLeftToItButForTheZipThatItWouldDelete(): void
    {
        $_REQUEST = ['previous_id' => '1', 'install_file' => 'upload/same.zip'];
        History::replace();
        $this->assertSame(
            ["UPDATE upgrade_history SET filename = '' WHERE id = '1' AND filename = 'upload/same.zip'"],
            $this->database->statements
        );
    }

    /** @requires extension mysqli */
    public function testSuiteCrmMayDropAColumnThatARelateFieldNeverHad(): void
    {
        $GLOBALS['log'] = new class {
            public function fatal(string $message): void
            {
            }
        };
        mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
        $this->putStudio();
        Setup::uninstall();
        $this->assertSame(MYSQLI_REPORT_OFF, (new \mysqli_driver())->report_mode);
    }
}
