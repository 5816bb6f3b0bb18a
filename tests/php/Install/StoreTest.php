<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Install\Store;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class StoreTest extends InstallCase
{
    private const LONG = 'layout_Opportunities_detailviewdefs';

    public function testALongNameIsFoundAgainAndToldFromOneThatBeginsLikeIt(): void
    {
        Store::write(self::LONG, ['which' => 'long']);
        Store::write(self::LONG . '2', ['which' => 'longer']);

        self::assertSame(['which' => 'long'], Store::read(self::LONG));
        self::assertSame(['which' => 'longer'], Store::read(self::LONG . '2'));
    }

    public function testALongNameIsForgotten(): void
    {
        Store::write(self::LONG, ['which' => 'long']);
        Store::drop(self::LONG);

        self::assertNull(Store::read(self::LONG));
    }
}
