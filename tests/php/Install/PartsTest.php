<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Card\Parts;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Install\StandIns\Settings;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class PartsTest extends InstallCase
{
    protected function setUp(): void
    {
        parent::setUp();
        \DBManagerFactory::$database = new Settings();
    }

    public function testEveryPartIsOnUntilAnAdministratorTurnsItOff(): void
    {
        foreach (Parts::ALL as $part) {
            $this->assertTrue(Parts::isOn($part));
            Parts::turn($part, false);
            $this->assertFalse(Parts::isOn($part));
        }
        $this->assertSame(Parts::ALL, Parts::off());
    }

    public function testTurningOnePartOnLeavesTheOthersAsTheyAre(): void
    {
        Parts::turn(Parts::CARD, false);
        Parts::turn(Parts::CASES, false);
        Parts::turn(Parts::CARD, true);
        $this->assertSame([Parts::CASES], Parts::off());
    }

    public function testTurningItOffTwiceIsAsGoodAsOnce(): void
    {
        Parts::turn(Parts::CARD, false);
        Parts::turn(Parts::CARD, false);
        Parts::turn(Parts::CARD, true);
        $this->assertSame([], Parts::off());
    }

    public function testWhatIsNoPartIsNotKept(): void
    {
        $this->assertFalse(Parts::turn("x' OR 1", false));
        $this->assertSame([], \DBManagerFactory::$database->rows);
    }
}
