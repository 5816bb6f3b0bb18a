<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Offers;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Offers\HomeTab;
use SuiteCRM\Custom\SuiteCRMBridge\Offers\Tab;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Offers\StandIns\Person;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Offers\StandIns\Searches;

/**
 * @runClassInSeparateProcess
 * @preserveGlobalState disabled
 */
final class HomeTabTest extends TestCase
{
    private const OWN = [
        'pages' => [
            ['columns' => [['width' => '60%', 'dashlets' => ['a', '']]], 'numColumns' => '3', 'pageTitleLabel' => 'LBL'],
            ['columns' => [['width' => '100%', 'dashlets' => []]], 'numColumns' => '1', 'pageTitle' => 'Customers'],
        ],
        'dashlets' => ['a' => ['className' => 'SuiteCRMBridgeMapDashlet', 'options' => ['title' => 'Mine']]],
    ];

    /** @var Searches */
    private $database;

    protected function setUp(): void
    {
        require_once __DIR__ . '/StandIns/classes.php';
        $this->database = \DBManagerFactory::$database = new Searches();
        $this->database->roles = ['seller' => ['anna'], 'clerk' => ['ben']];
        $GLOBALS['_SESSION'] = ['authenticated_user_language' => 'en_us'];
        $GLOBALS['current_user'] = new Person('anna', self::OWN);
    }

    public function testTheTabComesBehindTheUsersPagesWhichStayAsTheyAre(): void
    {
        HomeTab::on();

        self::assertSame(self::OWN['pages'], array_slice($this->pages(), 0, 2));
        self::assertSame('Customers', $this->pages()[2]['pageTitle']);
        self::assertCount(6, array_merge(...array_column($this->pages()[2]['columns'], 'dashlets')));
        self::assertSame(self::OWN['dashlets']['a'], $this->dashlets()['a']);
        self::assertSame(1, $this->user()->saves);
    }

    public function testEachDashletOfTheTabIsThere(): void
    {
        HomeTab::on();
        foreach (array_diff_key($this->dashlets(), self::OWN['dashlets']) as $dashlet) {
            self::assertFileExists(__DIR__ . '/../../../' . $dashlet['fileLocation']);
        }
    }

    public function testTakingItAwayLeavesThePreferencesAsTheyWere(): void
    {
        HomeTab::on();
        HomeTab::off();

        self::assertSame(self::OWN, $_SESSION['anna_PREFERENCES']['Home']);
        self::assertArrayNotHasKey('suitecrmbridge', $_SESSION['anna_PREFERENCES']);
        self::assertSame([], $this->database->settings);
    }

    public function testWhoIsNotLoggedInLosesItInTheDatabase(): void
    {
        HomeTab::on();
        $tab = new Tab('ben');
        $with = ['pages' => $tab->with(self::OWN['pages'], 'Customers'), 'dashlets' => $tab->dashlets() + self::OWN['dashlets']];
        $this->database->homes = ['ben' => base64_encode(serialize($with))];
        HomeTab::off();

        $left = unserialize(base64_decode($this->database->homes['ben']), ['allowed_classes' => false]);
        self::assertSame(self::OWN, $left);
    }

    public function testATabThatTheUserRemovedDoesNotComeBack(): void
    {
        HomeTab::on();
        $this->user()->setPreference('pages', self::OWN['pages'], 0, 'Home');
        HomeTab::meet($this->user());

        self::assertSame(self::OWN['pages'], $this->pages());
    }

    public function testADashletThatTheUserPutOnTheTabKeepsItThere(): void
    {
        HomeTab::on();
        $pages = $this->pages();
        $pages[2]['columns'][1]['dashlets'][] = 'own';
        $this->user()->setPreference('pages', $pages, 0, 'Home');
        HomeTab::off();

        self::assertSame([[], ['own']], array_column($this->pages()[2]['columns'], 'dashlets'));
    }

    public function testAUserWithoutPagesIsGivenSuiteCrmsOwnFirst(): void
    {
        $GLOBALS['current_user'] = new Person('anna');
        HomeTab::on();
        self::assertSame([], $_SESSION['anna_PREFERENCES']['Home']);
        $_SESSION['anna_PREFERENCES']['Home'] = self::OWN;
        HomeTab::meet($this->user());

        self::assertCount(3, $this->pages());
    }

    public function testOnlyUsersWithTheChosenRolesHaveIt(): void
    {
        HomeTab::on(['audience' => 'roles', 'roles' => ['clerk', 'unknown']]);
        self::assertCount(2, $this->pages());
        self::assertSame(['clerk'], HomeTab::roles());
        HomeTab::on(['audience' => 'roles', 'roles' => ['seller']]);
        self::assertCount(3, $this->pages());
        HomeTab::on(['audience' => 'roles', 'roles' => ['clerk']]);

        self::assertSame(self::OWN, $_SESSION['anna_PREFERENCES']['Home']);
    }

    public function testWhereNoRoleWasChosenNothingChanges(): void
    {
        try {
            HomeTab::on(['audience' => 'roles', 'roles' => ['unknown']]);
            self::fail('everybody would have it');
        } catch (\InvalidArgumentException $refusal) {
            self::assertFalse(HomeTab::isOn());
        }
    }

    public function testTheTitleFollowsTheLanguageUnlessTheUserGaveItAnother(): void
    {
        HomeTab::on();
        $_SESSION['authenticated_user_language'] = 'fr_FR';
        HomeTab::meet($this->user());
        self::assertSame('Clients', $this->pages()[2]['pageTitle']);
        self::assertSame('Customers', $this->pages()[1]['pageTitle']);
        $pages = $this->pages();
        $pages[2]['pageTitle'] = 'Mine';
        $this->user()->setPreference('pages', $pages, 0, 'Home');
        $_SESSION['authenticated_user_language'] = 'en_us';
        HomeTab::meet($this->user());

        self::assertSame('Mine', $this->pages()[2]['pageTitle']);
    }

    public function testWhoHasItAlreadyCostsNoWrite(): void
    {
        HomeTab::on();
        $GLOBALS['savePreferencesToDBCats'] = [];
        HomeTab::meet($this->user());

        self::assertSame(1, $this->user()->saves);
    }

    private function user(): Person
    {
        return $GLOBALS['current_user'];
    }

    private function pages(): array
    {
        return $this->user()->getPreference('pages', 'Home');
    }

    private function dashlets(): array
    {
        return $this->user()->getPreference('dashlets', 'Home');
    }
}
