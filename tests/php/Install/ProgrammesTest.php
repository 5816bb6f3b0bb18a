<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Programmes;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Install\StandIns\Settings;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class ProgrammesTest extends InstallCase
{
    private const MARK = '0123456789abcdef0123456789abcdef';

    protected function setUp(): void
    {
        parent::setUp();
        \DBManagerFactory::$database = new Settings();
        Programmes::tell([self::programme('zoe'), self::programme('anna', 'running')], self::MARK, []);
    }

    public function testWhatIsToldIsKeptInItsOrderAndReplacesWhatWasToldBefore(): void
    {
        $this->assertSame(['zoe', 'anna'], array_column(Programmes::told(), 'key'));
        $this->assertSame('Été “<b>”', Programmes::told()[0]['label']['fr']);
        $this->assertSame(self::MARK, Programmes::mark());
        Programmes::tell([self::programme('bob')], str_repeat('a', 32), []);
        $this->assertSame(['bob'], array_column(Programmes::told(), 'key'));
        $this->assertSame(str_repeat('a', 32), Programmes::mark());
    }

    public function testAnythingThatIsKeptIsAscii(): void
    {
        foreach (\DBManagerFactory::$database->rows as $row) {
            $this->assertMatchesRegularExpression('/\A[\x20-\x7e]*\z/', $row['value']);
            $this->assertLessThanOrEqual(32, strlen($row['name']));
            $this->assertLessThanOrEqual(32, strlen($row['category']));
        }
    }

    public function testAWishSaysWhoWantsWhatSinceWhen(): void
    {
        $this->assertTrue(Programmes::wish('zoe', true, "O'Brien"));
        $wish = Programmes::wishes()['zoe'];
        $this->assertSame([true, "O'Brien"], [$wish['running'], $wish['by']]);
        $this->assertEqualsWithDelta(time(), $wish['at'], 5);
        $this->assertMatchesRegularExpression('/\A[0-9a-f]{32}\z/', $wish['id']);
    }

    /** @dataProvider asTheyAre */
    public function testToWishWhatIsSoTakesTheWishBack(string $key, bool $running): void
    {
        Programmes::wish($key, !$running, 'admin');
        $this->assertArrayHasKey($key, Programmes::wishes());
        Programmes::wish($key, $running, 'admin');
        $this->assertSame([], Programmes::wishes());
    }

    public function asTheyAre(): array
    {
        return ['one that is off' => ['zoe', false], 'one that runs' => ['anna', true]];
    }

    public function testOfAProgrammeThatWasNotToldNothingCanBeWished(): void
    {
        $this->assertFalse(Programmes::wish('nobody', true, 'admin'));
        $this->assertFalse(Programmes::wish('mark', true, 'admin'));
        $this->assertSame([], Programmes::wishes());
    }

    public function testWishesThatAreDoneOrOfNoProgrammeAnyMoreGoAndOthersStay(): void
    {
        Programmes::wish('zoe', true, 'admin');
        $first = Programmes::wishes()['zoe']['id'];
        Programmes::wish('anna', false, 'admin');
        Programmes::tell([self::programme('zoe', 'running')], self::MARK, []);
        $this->assertSame(['zoe'], array_keys(Programmes::wishes()));
        Programmes::tell([self::programme('zoe', 'running')], self::MARK, [$first]);
        $this->assertSame([], Programmes::wishes());
    }

    public function testAWishThatCameWhileTheOneBeforeWasCarriedOutStays(): void
    {
        Programmes::wish('zoe', true, 'admin');
        $first = Programmes::wishes()['zoe']['id'];
        Programmes::wish('zoe', true, 'anna');
        Programmes::tell([self::programme('zoe')], self::MARK, [$first]);
        $this->assertSame('anna', Programmes::wishes()['zoe']['by']);
    }

    public function testUninstallingLeavesNothing(): void
    {
        Programmes::wish('zoe', true, 'admin');
        Programmes::forget();
        $this->assertSame([], \DBManagerFactory::$database->rows);
        $this->assertSame([[], [], null], [Programmes::told(), Programmes::wishes(), Programmes::mark()]);
    }

    private static function programme(string $key, string $state = 'off'): array
    {
        return ['key' => $key, 'label' => ['en' => 'Summer', 'fr' => 'Été “<b>”'], 'state' => $state];
    }
}
