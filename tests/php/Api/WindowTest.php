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

    public function testALimitBeyondTheMostIsTooManyRows(): void
    {
        $this->assertRefused('too_many_rows', 'limit', static function () {
            new Window(['limit' => '101'], 100);
        });
    }

    public function testAPageEndsAtTheBytesThatAreAskedFor(): void
    {
        $this->assertSame(1000, (new Window(['max_bytes' => '1000'], 100))->bytes());
        $this->assertSame(8388608, (new Window([], 100))->bytes());
    }

    /** @dataProvider wrong */
    public function testAParameterOfAWrongFormIsRefused(string $reason, string $name, string $value): void
    {
        $this->assertRefused($reason, $name, static function () use ($name, $value) {
            new Window([$name => $value], 100);
        });
    }

    public function wrong(): array
    {
        return [
            ['invalid_value', 'after', "a\nb"],
            ['invalid_value', 'to_id', ''],
            ['invalid_value', 'modified_from', '2026-01-01'],
            ['invalid_value', 'modified_to', '2026-13-01 00:00:00'],
            ['invalid_request', 'limit', '0'],
            ['invalid_request', 'limit', '-1'],
            ['invalid_request', 'limit', '1e3'],
            ['invalid_request', 'max_bytes', '0'],
            ['invalid_request', 'max_bytes', '-1'],
            ['invalid_request', 'max_bytes', '1e3'],
            ['invalid_request', 'max_bytes', '8388609'],
            ['invalid_request', 'max_bytes', ''],
            ['invalid_request', 'deleted', 'yes'],
        ];
    }

    /** @return string[] */
    private static function conditions(Window $window): array
    {
        return $window->conditions('t', 't.date_modified', static function (string $text): string {
            return "[$text]";
        });
    }
}
