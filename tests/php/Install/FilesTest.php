<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Install\Files;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Store;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class FilesTest extends InstallCase
{
    public function testAnUpgradeTakesAwayWhatTheOlderVersionHadAndTheNewerHasNot(): void
    {
        $this->put('unzipped-1/custom/lib/SuiteCRMBridge/OnlyOld.php');
        Files::remember('unzipped-1/custom');
        $this->put('custom/lib/SuiteCRMBridge/OnlyOld.php');
        $this->put('unzipped-2/custom/lib/SuiteCRMBridge/Catalogue.php');
        Files::remove('unzipped-2/custom');
        $this->assertFileDoesNotExist('custom/lib/SuiteCRMBridge/OnlyOld.php');
    }

    public function testNothingIsLeftForSuiteCrmToBackUpAndRestoreAtUninstall(): void
    {
        $this->put('unzipped/custom/lib/SuiteCRMBridge/Catalogue.php');
        $this->put('custom/lib/SuiteCRMBridge/Catalogue.php', 'older');
        Files::remove('unzipped/custom');
        $this->assertSame(['unzipped/custom/lib/SuiteCRMBridge/Catalogue.php'], $this->files());
    }

    public function testFilesOfOthersStayWithTheirFolders(): void
    {
        $this->put('unzipped/custom/Extension/modules/Contacts/Ext/Language/en_us.suitecrmbridge.php');
        $this->put('custom/Extension/modules/Contacts/Ext/Language/en_us.suitecrmbridge.php');
        $this->put('custom/Extension/modules/Contacts/Ext/Language/en_us.other.php');
        Files::remove('unzipped/custom');
        $this->assertFileExists('custom/Extension/modules/Contacts/Ext/Language/en_us.other.php');
        $this->assertFileDoesNotExist('custom/Extension/modules/Contacts/Ext/Language/en_us.suitecrmbridge.php');
    }

    public function testFoldersThatTheFilesLeaveEmptyGoButNotThoseOfSuiteCrm(): void
    {
        $this->put('unzipped/custom/Extension/modules/Cases/Ext/Language/en_us.suitecrmbridge.php');
        $this->put('custom/Extension/modules/Cases/Ext/Language/en_us.suitecrmbridge.php');
        Files::remove('unzipped/custom');
        $this->assertDirectoryDoesNotExist('custom/Extension/modules/Cases');
        $this->assertDirectoryExists('custom/Extension/modules');
    }

    public function testWhatSuiteCrmMergedFromThePackageAloneGoesWithItsFolders(): void
    {
        foreach (['modules/Administration/Ext/ActionViewMap/', 'application/Ext/Language/'] as $place) {
            $this->put("unzipped/custom/Extension/{$place}en_us.suitecrmbridge.php");
            $this->put("custom/Extension/{$place}en_us.suitecrmbridge.php");
            $this->put("custom/{$place}en_us.lang.ext.php");
        }
        Files::remove('unzipped/custom');
        $this->assertDirectoryDoesNotExist('custom/modules/Administration');
        $this->assertDirectoryDoesNotExist('custom/application/Ext');
    }

    public function testWhatSuiteCrmMergedFromOthersTooStays(): void
    {
        $place = 'modules/Contacts/Ext/Language/';
        $this->put("unzipped/custom/Extension/{$place}en_us.suitecrmbridge.php");
        $this->put("custom/Extension/{$place}en_us.suitecrmbridge.php");
        $this->put("custom/Extension/{$place}en_us.other.php");
        $this->put("custom/{$place}en_us.lang.ext.php");
        Files::remove('unzipped/custom');
        $this->assertFileExists("custom/{$place}en_us.lang.ext.php");
    }

    public function testFilesThatOthersPutBesideWhatSuiteCrmMergesStay(): void
    {
        $place = 'modules/Contacts/Ext/Language/';
        $this->put("unzipped/custom/Extension/{$place}en_us.suitecrmbridge.php");
        $this->put("custom/Extension/{$place}en_us.suitecrmbridge.php");
        $this->put("custom/{$place}by_hand.php");
        Files::remove('unzipped/custom');
        $this->assertFileExists("custom/{$place}by_hand.php");
    }

    public function testTheOverridesThatSuiteCrmWritesForEachFieldGoAndNoOthers(): void
    {
        $folder = 'custom/Extension/modules/Contacts/Ext/Vardefs/_override_sugarfield_';
        $this->put($folder . 'rfm_segment_c.php');
        $this->put($folder . 'jjwg_maps_lat_c.php');
        $this->put('custom/Extension/modules/Cases/Ext/Vardefs/_override_sugarfield_aos_products_id_c.php');
        Files::removeOverrides();
        $this->assertSame([$folder . 'jjwg_maps_lat_c.php'], $this->files());
    }

    public function testWhatIsForgottenIsGoneFromTheSettings(): void
    {
        Store::write('files', ['a "quoted" & <odd> name']);
        $this->assertSame(['a "quoted" & <odd> name'], Store::read('files'));
        Store::forget();
        $this->assertNull(Store::read('files'));
        $this->assertSame([], $this->database->settings);
    }
}
