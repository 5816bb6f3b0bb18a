<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin;

use SuiteCRM\Custom\SuiteCRMBridge\Naming\Dictionary;
use SuiteCRM\Custom\SuiteCRMBridge\Naming\Files;

require_once __DIR__ . '/stand_ins.php';

final class NamingTest extends FolderCase
{
    private const ENGLISH = [
        'LBL_SUITECRMBRIDGE_RENAME_CONTACTS_PLURAL' => 'Customers',
        'LBL_SUITECRMBRIDGE_RENAME_CONTACTS_SINGULAR' => 'Customer',
        'LBL_SUITECRMBRIDGE_RENAME_CONTACTS_LNK_NEW_CONTACT' => 'Create Customer',
        'LBL_SUITECRMBRIDGE_RENAME_CONTACTS_LBL_LIST_FORM_TITLE' => 'Customer List',
    ];

    protected function setUp(): void
    {
        parent::setUp();
        $lists = ['moduleList' => ['Contacts' => 'Contacts', 'Accounts' => 'Accounts'],
            'moduleListSingular' => ['Contacts' => 'Contact'], 'parent_type_display' => ['Contacts' => 'Contact']];
        $this->language('include/language/en_us.lang.php', 'app_list_strings', $lists);
        $this->language('modules/Contacts/language/en_us.lang.php', 'mod_strings', [
            'LBL_MODULE_NAME' => 'Contacts',
            'LBL_LIST_FORM_TITLE' => 'Contact List',
            'LNK_NEW_CONTACT' => 'Create Contact',
        ]);
        $this->language('modules/Accounts/language/en_us.lang.php', 'mod_strings', [
            'LBL_CONTACTS_SUBPANEL_TITLE' => 'Contacts:',
            'LBL_LIST_FORM_TITLE' => 'Account List',
            'LNK_NEW_CONTACT' => 'New Contact',
            'LBL_HELP' => 'Contacts are people',
        ]);
        $GLOBALS['bridge_test_strings'] = self::ENGLISH;
    }

    protected function tearDown(): void
    {
        unset($GLOBALS['bridge_test_strings']);
        parent::tearDown();
    }

    public function testTheNameChangesInTheListsOfModules(): void
    {
        $this->assertSame([
            'moduleList' => ['Contacts' => 'Customers'],
            'moduleListSingular' => ['Contacts' => 'Customer'],
            'parent_type_display' => ['Contacts' => 'Customer'],
        ], (new Dictionary('en_us'))->lists());
    }

    public function testTheLabelsOfTheModuleTakeTheirOwnTexts(): void
    {
        $this->assertEquals([
            'LBL_MODULE_NAME' => 'Customers',
            'LBL_LIST_FORM_TITLE' => 'Customer List',
            'LNK_NEW_CONTACT' => 'Create Customer',
        ], (new Dictionary('en_us'))->moduleLabels()['Contacts']);
    }

    public function testInOtherModulesOnlyTheNameAndLabelsOfTheObjectChange(): void
    {
        $this->assertEquals([
            'LBL_CONTACTS_SUBPANEL_TITLE' => 'Customers:',
            'LNK_NEW_CONTACT' => 'Create Customer',
        ], (new Dictionary('en_us'))->moduleLabels()['Accounts']);
    }

    public function testALanguagesOwnNameOfTheModuleIsFound(): void
    {
        $this->language('include/language/fr_FR.lang.php', 'app_list_strings', [
            'moduleList' => ['Contacts' => 'Interlocuteurs'],
        ]);
        $this->language('modules/Contacts/language/fr_FR.lang.php', 'mod_strings', [
            'LBL_MODULE_NAME' => 'Interlocuteurs',
        ]);
        $GLOBALS['bridge_test_strings'] = [
            'LBL_SUITECRMBRIDGE_RENAME_CONTACTS_PLURAL' => 'Clients',
            'LBL_SUITECRMBRIDGE_RENAME_CONTACTS_SINGULAR' => 'Client',
        ];
        $labels = (new Dictionary('fr_FR'))->moduleLabels();
        $this->assertSame('Clients', $labels['Contacts']['LBL_MODULE_NAME']);
    }

    public function testTheFilesOfNamesLeaveNothingBehind(): void
    {
        $this->put('custom/Extension/modules/Accounts/Ext/Language/fr_FR.other.php', '<?php');
        Files::writeApplication('fr_FR', ['moduleList' => ['Contacts' => "L'été"]], []);
        Files::writeModule('fr_FR', 'Contacts', ['LBL_MODULE_NAME' => 'Clients']);
        Files::writeModule('fr_FR', 'Accounts', ['LBL_A' => 'Clients']);
        $this->assertCount(3, Files::existing());
        $app_list_strings = [];
        include 'custom/Extension/application/Ext/Language/fr_FR.suitecrmbridge_names.php';
        $this->assertSame("L'été", $app_list_strings['moduleList']['Contacts']);
        Files::removeAll();
        $this->assertSame([], Files::existing());
        $this->assertDirectoryDoesNotExist('custom/Extension/modules/Contacts');
        $this->assertFileExists('custom/Extension/modules/Accounts/Ext/Language/fr_FR.other.php');
    }

    private function language(string $path, string $variable, array $strings): void
    {
        $this->put($path, sprintf('<?php $%s = %s;', $variable, var_export($strings, true)));
    }
}
