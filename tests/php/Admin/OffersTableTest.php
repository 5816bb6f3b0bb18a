<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\OffersTable;
use SuiteCRM\Custom\SuiteCRMBridge\Offers\Offers;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Offers\StandIns\Searches;

/**
 * @runClassInSeparateProcess
 * @preserveGlobalState disabled
 */
final class OffersTableTest extends TestCase
{
    protected function setUp(): void
    {
        require_once __DIR__ . '/../Offers/StandIns/classes.php';
        \DBManagerFactory::$database = new Searches();
        \DBManagerFactory::$database->roles = ['r1' => []];
        $GLOBALS['_SESSION'] = [];
        $app_strings = $app_list_strings = [];
        require __DIR__ . '/../../../custom/Extension/application/Ext/Language/en_us.suitecrmbridge.php';
        $GLOBALS['app_strings'] = $app_strings;
    }

    public function testEachOfferHasAWordForWhatItIsAndAButtonWithTheSessionsToken(): void
    {
        $drawn = OffersTable::draw(array_fill_keys(array_keys(Offers::ALL), false));
        foreach (array_keys(Offers::ALL) as $name) {
            $this->assertStringContainsString("name=\"offer\" value=\"$name\"", $drawn);
        }
        $this->assertStringNotContainsString('offer_', strip_tags($drawn));
        $this->assertStringContainsString('name="form" value="' . $_SESSION['suitecrmbridge_form'] . '"', $drawn);
        $this->assertStringContainsString('method="post"', $drawn);
    }

    public function testWhatIsThereIsSaidAndCanBeTakenAway(): void
    {
        $on = OffersTable::draw(['columns' => true]);
        $this->assertStringContainsString('Added', $on);
        $this->assertStringContainsString('>Take away<', $on);
        $this->assertStringContainsString('name="wanted" value="0"', $on);
        $off = OffersTable::draw(['columns' => false]);
        $this->assertStringContainsString('Not added', $off);
        $this->assertStringContainsString('>Add<', $off);
        $this->assertStringContainsString('name="wanted" value="1"', $off);
    }

    public function testTheTabCanBeForAllUsersOrForThoseOfSomeRoles(): void
    {
        $drawn = OffersTable::draw(['home' => false]);
        $this->assertStringContainsString('name="audience" value="all" checked', $drawn);
        $this->assertStringContainsString('name="roles[]" value="r1"', $drawn);
        $this->assertStringContainsString('For all users', OffersTable::draw(['home' => true]));
    }

    public function testAnUnknownOfferIsNoOffer(): void
    {
        $this->assertFalse(Offers::set('config_override', true, []));
    }
}
