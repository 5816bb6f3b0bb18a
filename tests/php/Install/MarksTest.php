<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Marks;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Install\StandIns\Config;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class MarksTest extends InstallCase
{
    private const ONE = '0123456789abcdef0123456789abcdef';
    private const OTHER = 'ffffffffffffffffffffffffffffffff';

    protected function setUp(): void
    {
        parent::setUp();
        \DBManagerFactory::$database = new Config();
    }

    public function testTheMarkOfTheInstallationIsMadeOnceAndAnUpgradeKeepsIt(): void
    {
        Marks::install();
        $mark = Marks::all()['installation'];
        $this->assertMatchesRegularExpression('/\A[0-9a-f]{32}\z/', $mark);
        Marks::install();
        $this->assertSame($mark, Marks::all()['installation']);
    }

    public function testWhereNothingWasMadeNoMarkIsTold(): void
    {
        $this->assertSame(['installation' => null, 'bridge' => null, 'state' => null], Marks::all());
    }

    public function testTheFirstBridgeMayWriteAndGivesAnInstallationWithoutAMarkOne(): void
    {
        $this->assertTrue(Marks::claim(self::ONE, 'a', false));
        $this->assertSame([self::ONE, 'a'], [Marks::all()['bridge'], Marks::all()['state']]);
        $this->assertNotNull(Marks::all()['installation']);
    }

    public function testAnotherBridgeIsRefusedUntilItTakesOver(): void
    {
        Marks::claim(self::ONE, 'a', false);
        $this->assertFalse(Marks::claim(self::OTHER, 'b', false));
        $this->assertSame([self::ONE, 'a'], [Marks::all()['bridge'], Marks::all()['state']]);
        $this->assertTrue(Marks::claim(self::OTHER, 'b', true));
        $this->assertFalse(Marks::claim(self::ONE, 'c', false));
        $this->assertSame([self::OTHER, 'b'], [Marks::all()['bridge'], Marks::all()['state']]);
    }

    public function testWhoDoesNotSayWhoTheyAreChangesTheStateAlone(): void
    {
        Marks::claim(self::ONE, 'a', false);
        $before = Marks::all();
        Marks::disturb();
        $this->assertNotSame('a', Marks::all()['state']);
        $this->assertSame([$before['installation'], self::ONE], [Marks::all()['installation'], Marks::all()['bridge']]);
    }
}
