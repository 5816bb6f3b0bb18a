<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns\Store;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class DashletTest extends DashletCase
{
    private const FOLDER = __DIR__ . '/../../../custom/modules/Home/Dashlets/';
    private const ALL = [
        'SuiteCRMBridgeCallDashlet',
        'SuiteCRMBridgeMapDashlet',
        'SuiteCRMBridgeSegmentsDashlet',
        'SuiteCRMBridgeRiskDashlet',
        'SuiteCRMBridgeComplaintsDashlet',
        'SuiteCRMBridgeFollowUpDashlet',
        'SuiteCRMBridgeProgrammesDashlet',
    ];

    protected function setUp(): void
    {
        parent::setUp();
        require_once __DIR__ . '/StandIns/classes.php';
        Store::clear();
        $GLOBALS['current_user'] = (object) ['id' => 'me'];
    }

    public function testEachDashletHasATitleADescriptionAndACategory(): void
    {
        foreach (self::ALL as $class) {
            $dashletMeta = [];
            require self::FOLDER . "$class/$class.meta.php";
            $dashlet = $this->dashlet($class);

            self::assertSame('Module Views', $dashletMeta[$class]['category']);
            // By this name SuiteCRM draws the icon in the dashlet's head.
            self::assertSame($dashletMeta[$class]['module'], $dashlet->seedBean->module_name);
            self::assertStringNotContainsString('dashlet_', implode(' ', $dashlet->dashletStrings));
            self::assertStringStartsWith($dashlet->dashletStrings['LBL_TITLE'], $dashlet->title);
        }
    }

    /** @dataProvider titles */
    public function testATitleSaysWhereOnlyOnesOwnRecordsAreCounted(
        string $language,
        string $class,
        array $options,
        string $title
    ): void {
        $GLOBALS['current_user'] = (object) ['id' => 'me'];
        $this->speak($language);

        self::assertSame($title, $this->dashlet($class, $options)->title);
    }

    public function titles(): array
    {
        return [
            ['en_us', 'SuiteCRMBridgeCallDashlet', [], 'To call now (only mine)'],
            ['en_us', 'SuiteCRMBridgeCallDashlet', ['myItemsOnly' => false], 'To call now'],
            ['en_us', 'SuiteCRMBridgeRiskDashlet', [], 'Revenue at risk'],
            ['fr_FR', 'SuiteCRMBridgeRiskDashlet', ['myItemsOnly' => 'true'], 'Chiffre d&#039;affaires à risque (les miens seulement)'],
            ['en_us', 'SuiteCRMBridgeCallDashlet', ['title' => 'Mine'], 'Mine'],
        ];
    }

    public function testTheTitleFollowsTheUsersLanguage(): void
    {
        $this->speak('fr_FR');

        self::assertSame('Carte des clients', $this->dashlet('SuiteCRMBridgeMapDashlet')->title);
    }

    public function testATitleOfOnesOwnIsEscaped(): void
    {
        $dashlet = $this->dashlet('SuiteCRMBridgeMapDashlet', ['title' => '<b>Mine']);

        self::assertSame('&lt;b&gt;Mine', $dashlet->title);
    }

    /**
     * @testWith ["Revenue at risk"]
     *           ["Revenue at risk (only mine)"]
     */
    public function testTheUsualTitleIsNotKeptAsAnOption(string $usual): void
    {
        $options = $this->dashlet('SuiteCRMBridgeRiskDashlet')->saveOptions([
            'title' => $usual,
            'customers' => 'Accounts',
            'amount' => 'clv_c',
            'other' => 'x',
        ]);

        self::assertSame(['title' => '', 'myItemsOnly' => false, 'customers' => 'Accounts', 'amount' => 'clv_c'], $options);
    }

    public function testOnlyMineKeepsToTheRecordsOfTheUser(): void
    {
        $GLOBALS['current_user'] = (object) ['id' => 'me'];
        $this->dashlet('SuiteCRMBridgeMapDashlet', ['myItemsOnly' => 'true'])->display();
        $this->dashlet('SuiteCRMBridgeMapDashlet')->display();

        self::assertStringContainsString("contacts.assigned_user_id = 'me'", Store::$db->queries[0]);
        self::assertStringNotContainsString('assigned_user_id', Store::$db->queries[1]);
    }

    public function testOnlyMineIsKeptAsSuiteCrmsOwnDashletsKeepIt(): void
    {
        $dashlet = $this->dashlet('SuiteCRMBridgeMapDashlet');

        self::assertTrue($dashlet->saveOptions(['myItemsOnly' => 'true'])['myItemsOnly']);
        self::assertFalse($dashlet->saveOptions([])['myItemsOnly']);
    }

    public function testAnUnknownChoiceBecomesTheUsualOne(): void
    {
        $options = $this->dashlet('SuiteCRMBridgeRiskDashlet')->saveOptions([
            'customers' => 'Users',
            'amount' => 'user_hash',
        ]);

        self::assertSame(['title' => '', 'myItemsOnly' => false, 'customers' => 'Contacts', 'amount' => 'value_at_stake_c'], $options);
    }

    public function testTheOptionsOfferContactsAndAccounts(): void
    {
        $GLOBALS['app_strings']['LBL_SAVE_BUTTON_LABEL'] = 'Save';
        $html = $this->dashlet('SuiteCRMBridgeSegmentsDashlet', ['customers' => 'Accounts'])->displayOptions();

        self::assertStringContainsString('<option value="Contacts">', $html);
        self::assertStringContainsString('<option value="Accounts" selected>', $html);
    }

    public function testAFailingStatementIsLoggedAndToldInWords(): void
    {
        $GLOBALS['log'] = new class () {
            public $lines = [];

            public function fatal(string $line): void
            {
                $this->lines[] = $line;
            }
        };
        Store::$db->answer = false;

        self::assertStringContainsString(
            'The figures could not be read',
            $this->dashlet('SuiteCRMBridgeMapDashlet')->display()
        );
        self::assertStringContainsString('no such column', $GLOBALS['log']->lines[0]);
    }

    public function testNothingIsReadWithoutAccessToTheModule(): void
    {
        StandIns\Bean::$mayList = false;

        foreach (self::ALL as $class) {
            self::assertStringContainsString('do not have access', $this->dashlet($class)->display());
        }
        self::assertSame([], Store::$db->queries);
    }

    public function testChartsGiveTheHomePageNoScript(): void
    {
        self::assertSame('', $this->dashlet('SuiteCRMBridgeMapDashlet')->displayScript());
    }

    private function dashlet(string $class, array $options = [])
    {
        if (!class_exists($class)) {
            $this->load(self::FOLDER . "$class/$class.php");
        }
        return new $class('id-1', $options);
    }

    /** Loads a dashlet from its file, whose base class SuiteCRM would bring along. */
    private function load(string $file): void
    {
        set_include_path(__DIR__ . '/StandIns/files');
        require $file;
    }
}
