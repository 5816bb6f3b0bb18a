<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Window;

final class WindowTest extends ApiCase
{
    public function testWithoutParametersAllUndeletedRowsAreAskedFor(): void
    {
        $window = new Window([], 100);
        $this->assertSame(100, $window->rows());
        $this->assertSame(['t.deleted = 0'], self::conditions($window));
    }

    public function testTheBoundsOfIdsAndMomentsBecomeConditions(): void
    {
        $window = new Window([
            'after' => 'a1',
            'to_id' => 'f2',
            'modified_from' => '2026-01-01 00:00:00',
            'modified_to' => '2026-01-02 00:00:00',
            'deleted' => '1',
        ], 100);
        $this->assertSame([
            't.id > [a1]',
            't.id < [f2]',
            't.date_modified >= [2026-01-01 00:00:00]',
            't.date_modified < [2026-01-02 00:00:00]',
        ], self::conditions($window));
    }

    public function testAPageEndsAtTheBytesThatAreAskedFor(): void
    {
        $this->assertSame(1000, (new Window(['max_bytes' => '1000'], 100))->bytes());
        $this->assertSame(8388608, (new Window([], 100))->bytes());
    }

    /** @return string[] */
    private static function conditions(Window $window): array
    {
        return $window->conditions('t', 't.date_modified', static function (string $text): string {
            return "[$text]";
        });
    }
}
