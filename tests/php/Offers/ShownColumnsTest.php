<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Offers;

use SuiteCRM\Custom\SuiteCRMBridge\Install\Store;
use SuiteCRM\Custom\SuiteCRMBridge\Offers\ListFile;
use SuiteCRM\Custom\SuiteCRMBridge\Offers\ShownColumns;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Install\InstallCase;

/**
 * @runClassInSeparateProcess
 * @preserveGlobalState disabled
 */
final class ShownColumnsTest extends InstallCase
{
    private const FILE = 'custom/modules/Contacts/metadata/listviewdefs.php';
    private const OURS = ['RFM_SEGMENT_C', 'NEXT_ACTION_C', 'LAST_PURCHASE_C'];
    private const STUDIO = "<?php\n// made in Studio\n\$listViewDefs ['Contacts'] = array(\n"
        . "'NAME' => array('default' => true), 'TITLE' => array('default' => true),\n"
        . "'RFM_SEGMENT_C' => array('default' => false, 'label' => 'LBL_MINE'), 'CLV_C' => array('default' => false));\n"
        . "\$viewdefs['Contacts']['ListView']['sidebarWidgets'] = array('insight' => array('type' => 'chart'));\n";

    protected function setUp(): void
    {
        parent::setUp();
        $this->put('include/TemplateHandler/TemplateHandler.php');
        \BeanFactory::$fields = array_fill_keys(['Contacts', 'Accounts'], array_fill_keys(ShownColumns::FIELDS, []));
        $this->put('modules/Accounts/metadata/listviewdefs.php', "<?php\n\$listViewDefs['Accounts'] = [];");
        $this->put(self::FILE, self::STUDIO);
    }

    public function testTheColumnsComeBehindTheNameAndKeepTheLabelsOfStudio(): void
    {
        ShownColumns::on();

        $columns = (new ListFile('Contacts'))->columns();
        self::assertSame(['NAME', 'RFM_SEGMENT_C', 'NEXT_ACTION_C', 'LAST_PURCHASE_C', 'TITLE', 'CLV_C'], array_keys($columns));
        self::assertSame(['default' => true, 'label' => 'LBL_MINE'], $columns['RFM_SEGMENT_C']);
        self::assertSame('enum', $columns['NEXT_ACTION_C']['type']);
        self::assertFalse($columns['CLV_C']['default']);
        self::assertTrue(ShownColumns::isOn());
    }

    public function testWhateverElseTheFileDefinesStays(): void
    {
        ShownColumns::on();
        $viewdefs = [];
        require self::FILE;

        self::assertSame('chart', $viewdefs['Contacts']['ListView']['sidebarWidgets']['insight']['type']);
    }

    public function testTakingThemAwayLeavesEachFileByteForByteWhatItWas(): void
    {
        ShownColumns::on();
        ShownColumns::off();

        self::assertSame(self::STUDIO, file_get_contents(self::FILE));
        self::assertFileDoesNotExist('custom/modules/Accounts/metadata/listviewdefs.php');
        self::assertFalse(ShownColumns::isOn());
        self::assertSame([], $this->database->settings['suitecrmbridgesetup'] ?? []);
    }

    public function testAddingTwiceIsTakenAwayOnce(): void
    {
        ShownColumns::on();
        $once = file_get_contents(self::FILE);
        ShownColumns::on();
        self::assertSame($once, file_get_contents(self::FILE));
        ShownColumns::off();

        self::assertSame(self::STUDIO, file_get_contents(self::FILE));
    }

    public function testAListThatWasChangedMeanwhileKeepsItsChange(): void
    {
        ShownColumns::on();
        $file = new ListFile('Contacts');
        $file->write(['PHONE' => ['default' => true]] + array_diff_key($file->columns(), ['TITLE' => 1]));
        ShownColumns::off();

        self::assertSame(['PHONE', 'NAME', 'RFM_SEGMENT_C', 'CLV_C'], array_keys($file->columns()));
        self::assertFalse($file->columns()['RFM_SEGMENT_C']['default']);
        self::assertTrue($file->columns()['PHONE']['default']);
    }

    public function testAColumnThatAnAdministratorShowedIsNeitherMovedNorTakenAway(): void
    {
        $this->put(self::FILE, "<?php \$listViewDefs['Contacts'] = ['NAME' => ['default' => true],"
            . " 'TITLE' => ['default' => true], 'RFM_SEGMENT_C' => ['default' => true]];");
        ShownColumns::on();
        $file = new ListFile('Contacts');
        self::assertSame(['NAME', 'NEXT_ACTION_C', 'LAST_PURCHASE_C', 'TITLE', 'RFM_SEGMENT_C'], array_keys($file->columns()));
        $file->write($file->columns() + ['PHONE' => ['default' => true]]);
        ShownColumns::off();

        self::assertTrue($file->columns()['RFM_SEGMENT_C']['default']);
        self::assertSame(['NAME', 'TITLE', 'RFM_SEGMENT_C', 'PHONE'], array_keys($file->columns()));
    }

    public function testAFieldThatSuiteCrmLacksIsNoColumn(): void
    {
        \BeanFactory::$fields['Contacts'] = ['rfm_segment_c' => []];
        ShownColumns::on();

        self::assertSame(['RFM_SEGMENT_C'], array_values(array_intersect(self::OURS, array_keys((new ListFile('Contacts'))->columns()))));
    }

    public function testAnotherInstallationFindsTheListsAsItLeftThem(): void
    {
        ShownColumns::on();
        $seen = null;
        ShownColumns::without(static function () use (&$seen): void {
            $seen = file_get_contents(self::FILE);
        });

        self::assertSame(self::STUDIO, $seen);
        self::assertTrue(ShownColumns::isOn());
        self::assertNotSame(self::STUDIO, file_get_contents(self::FILE));
    }

    public function testTheyAreShownAgainEvenAfterAFailure(): void
    {
        ShownColumns::on();
        try {
            ShownColumns::without(static function (): void {
                throw new \RuntimeException('no');
            });
            self::fail('the failure was swallowed');
        } catch (\RuntimeException $failure) {
            self::assertTrue(ShownColumns::isOn());
        }
    }

    public function testWithoutThemNothingIsDone(): void
    {
        ShownColumns::without(static function (): void {
        });

        self::assertSame(self::STUDIO, file_get_contents(self::FILE));
        self::assertNull(Store::read('shown_columns'));
    }
}
