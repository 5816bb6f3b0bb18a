<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Install\Strangers;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class StrangersTest extends InstallCase
{
    private const TREE = __DIR__ . '/../../../custom';
    private const OURS = ['type' => 'enum', 'vname' => 'LBL_SUITECRMBRIDGE_NEXT_ACTION'];
    private const FOREIGN = ['type' => 'varchar', 'vname' => 'LBL_NEXT_ACTION'];

    protected function tearDown(): void
    {
        \BeanFactory::$fields = [];
        parent::tearDown();
    }

    public function testAFieldThatSomebodyElseMadeIsNamedAndInstallingRefused(): void
    {
        \BeanFactory::$fields['Accounts'] = ['next_action_c' => self::FOREIGN, 'name' => ['type' => 'name']];
        $this->expectException(\RuntimeException::class);
        $this->expectExceptionMessage('Accounts: next_action_c');

        Strangers::refuse(self::TREE);
    }

    public function testItIsSaidInTheLanguageOfTheUserThoughNoTextIsInstalledYet(): void
    {
        $GLOBALS['current_language'] = 'fr_FR';
        \BeanFactory::$fields['Cases'] = ['aos_products_id_c' => ['type' => 'id', 'vname' => 'LBL_X']];
        $this->expectExceptionMessage('et rien n&#039;a été modifié');

        Strangers::refuse(self::TREE);
    }

    public function testThePackagesOwnFieldsAreTakenOver(): void
    {
        \BeanFactory::$fields['Contacts'] = ['next_action_c' => self::OURS];
        Strangers::refuse(self::TREE);

        self::assertSame([], Strangers::found());
    }

    public function testWhatThePackageAddsToAFieldIsNoField(): void
    {
        \BeanFactory::$fields['Contacts'] = ['next_action_c' => ['readonly' => true, 'inline_edit' => false]];

        self::assertSame([], Strangers::found());
    }
}
