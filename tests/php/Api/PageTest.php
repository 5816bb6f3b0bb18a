<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Output;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Page;

final class PageTest extends ApiCase
{
    public function testARowComesAsItIsStoredWithNullForNothing(): void
    {
        $stored = ["O'Brien & <Fils> é", '', '0000-00-00', '12.500000', null];
        $rows = [array_merge(['a', '0', '2026-01-01 00:00:01'], $stored)];
        $this->assertSame([
            'columns' => ['id', 'deleted', 'date_modified', 'n', 'o', 'p', 'q', 'r'],
            'rows' => [['a', 0, '2026-01-01 00:00:01', "O'Brien & <Fils> é", null, null, '12.500000', null]],
            'complete' => true,
        ], self::page(['n', 'o', 'p', 'q', 'r'], $rows, 10));
    }

    public function testADeletedRecordShowsOnlyThatItIsDeleted(): void
    {
        $rows = [['a', '1', '2026-01-01 00:00:01', 'Secret']];
        $this->assertSame([['a', 1, '2026-01-01 00:00:01', null]], self::page(['n'], $rows, 10)['rows']);
    }

    public function testOneRowMoreThanTheLimitTellsThatMoreFollow(): void
    {
        $page = self::page([], self::rows(3), 2);
        $this->assertSame([2, false], [count($page['rows']), $page['complete']]);
        $page = self::page([], self::rows(2), 2);
        $this->assertSame([2, true], [count($page['rows']), $page['complete']]);
    }

    public function testNoRowIsLostBetweenBatches(): void
    {
        $page = self::page([], self::rows(1001), 2000);
        $this->assertSame(range(0, 1000), array_map('intval', array_column($page['rows'], 0)));
    }

    public function testAnAnswerWithoutRowsIsStillWhole(): void
    {
        $this->assertSame([], self::page([], [], 2)['rows']);
    }

    public function testBytesThatAreNoTextDoNotBreakTheAnswer(): void
    {
        $rows = [['a', '0', null, "caf\xe9"]];
        $this->assertSame("caf\u{fffd}", self::page(['n'], $rows, 1)['rows'][0][3]);
    }

    public function testAGzippedAnswerUnpacksToTheSame(): void
    {
        $plain = new Output(false);
        $packed = new Output(true);
        foreach ([$plain, $packed] as $output) {
            (new Page($output))->write([], self::rows(700), 700, PHP_INT_MAX);
        }
        $this->assertSame(
            stream_get_contents($plain->close()),
            gzdecode(stream_get_contents($packed->close()))
        );
    }

    public function testAPageEndsBeforeItHasMoreBytesThanWereAskedFor(): void
    {
        $rows = self::heavy(1200, 1000);
        $answer = self::answer(['n'], $rows, 1200, 300000);
        $page = json_decode($answer, true);
        $this->assertFalse($page['complete']);
        $this->assertLessThan(300200, strlen($answer));
        $this->assertGreaterThan(295000, strlen($answer));
        $this->assertSame(array_column($rows, 0), array_merge(
            array_column($page['rows'], 0),
            array_column(array_slice($rows, count($page['rows'])), 0)
        ));
    }

    public function testARowThatIsTooLargeComesAloneAllTheSame(): void
    {
        $page = json_decode(self::answer(['n'], self::heavy(3, 5000), 3, 10), true);
        $this->assertSame(['0', false], [implode(array_column($page['rows'], 0)), $page['complete']]);
    }

    public function testTheLastRowThatFitsCompletesThePage(): void
    {
        $whole = self::answer(['n'], self::heavy(3, 5000), 3, PHP_INT_MAX);
        $this->assertSame($whole, self::answer(['n'], self::heavy(3, 5000), 3, strlen($whole)));
    }

    public function testSignsThatJsonEscapesCountOnceTheyAreWritten(): void
    {
        $rows = self::heavy(400, 1000, "\x01");
        $page = json_decode($answer = self::answer(['n'], $rows, 400, 1000000), true);
        $this->assertFalse($page['complete']);
        $this->assertLessThan(3000000, strlen($answer));
    }

    private static function heavy(int $count, int $bytes, string $sign = 'x'): array
    {
        return array_map(static function (int $number) use ($bytes, $sign): array {
            return [(string) $number, '0', null, str_repeat($sign, $bytes)];
        }, range(0, $count - 1));
    }

    private static function rows(int $count): array
    {
        return array_map(static function (int $number): array {
            return [(string) $number, '0', null];
        }, range(0, $count - 1));
    }

    private static function page(array $columns, array $rows, int $limit): array
    {
        return json_decode(self::answer($columns, $rows, $limit, PHP_INT_MAX), true);
    }

    private static function answer(array $columns, array $rows, int $limit, int $bytes): string
    {
        $output = new Output(false);
        (new Page($output))->write($columns, $rows, $limit, $bytes);
        return stream_get_contents($output->close());
    }
}
