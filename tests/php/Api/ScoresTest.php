<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Limits;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Output;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Request;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Scores;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Api\StandIns\Record;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class ScoresTest extends ScoresCase
{
    private const COLUMNS = ['id', 'rfm_segment_c', 'rfm_recency_c'];

    public function testRowsThatNobodyHearsOfAreCommittedBeforeTheFirstRecordIsSaved(): void
    {
        $this->rows->records = ['a' => self::LOST, 'b' => self::LOST, 'c' => self::LOST];
        $answer = $this->send([['a', 'champions', 5], ['b', 'lost', 2], ['c', 'lost', 1]]);
        $bulk = ['SELECT', 'START TRANSACTION', 'INSERT', 'COMMIT'];
        $one = ['START TRANSACTION', 'LOCK', 'LOCK', 'INSERT', 'COMMIT'];
        $this->assertSame(array_merge($bulk, $one), $this->rows->order());
        $this->assertSame(['c' => 'unchanged', 'b' => 'written', 'a' => 'written'], $answer['rows']);
        $this->assertSame([2, 1, 1], [$answer['written'], $answer['unchanged'], $answer['notified']]);
    }

    public function testAFieldThatIsGoneIsNamedAndNothingIsWritten(): void
    {
        $this->rows->columns = ['rfm_segment_c'];
        $this->rows->records = ['a' => ['rfm_segment_c' => 'lost']];
        $this->assertRefused('unknown_column', 'columns[2]', function () {
            $this->send([['a', 'champions', 5]]);
        });
        $this->assertSame([], preg_grep('/^(INSERT|UPDATE)/', $this->rows->statements));
    }

    public function testARowThatSomebodyHoldsLeavesTheOthersOfTheBulkAlone(): void
    {
        $this->rows->records = ['a' => self::LOST, 'b' => self::LOST, 'c' => self::LOST];
        $this->rows->held = ['b'];
        $answer = $this->send([['a', 'lost', 2], ['b', 'lost', 3], ['c', 'lost', 4]]);
        $this->assertSame(['a' => 'written', 'b' => 'failed', 'c' => 'written'], $answer['rows']);
        $this->assertSame(['busy'], array_column($answer['failed'], 'code'));
        $this->assertSame(['2', '1', '4'], array_column($this->rows->records, 'rfm_recency_c'));
        $set = array_values(preg_grep('/^SET SESSION/', $this->rows->statements));
        $this->assertSame(['SET SESSION innodb_lock_wait_timeout = 1', '50'], [$set[0], substr(end($set), -2)]);
    }

    /** @requires extension mysqli */
    public function testARowThatSomebodyHoldsLeavesTheOthersOfTheBulkAloneWhereTheDatabaseThrowsToo(): void
    {
        $this->rows->throws = true;
        $this->testARowThatSomebodyHoldsLeavesTheOthersOfTheBulkAlone();
    }

    public function testWhatWasCommittedStaysWhereARecordFails(): void
    {
        $this->rows->records = ['a' => self::LOST, 'b' => self::LOST];
        Record::$hooks['before_save'] = static function (): void {
            throw new \DomainException('no');
        };
        $answer = $this->send([['a', 'champions', 5], ['b', 'lost', 2]]);
        $this->assertSame(['b' => 'written', 'a' => 'failed'], $answer['rows']);
        $this->assertEquals(['a' => self::LOST, 'b' => ['rfm_recency_c' => '2'] + self::LOST], $this->rows->records);
    }

    public function testARowOfCustomFieldsIsMadeBeforeTheTransactionThatFillsIt(): void
    {
        $this->rows->records = ['a' => [], 'b' => [], 'c' => []];
        $this->send([['a', 'champions', 5], ['b', null, 2], ['c', null, null]]);
        $this->assertSame(['SELECT', 'INSERT IGNORE', 'START TRANSACTION'], array_slice($this->rows->order(), 0, 3));
        $made = array_values(preg_grep('/^INSERT IGNORE/', $this->rows->statements));
        $this->assertStringEndsWith("VALUES ('a'),('b')", $made[0]);
    }

    public function testMoreAnnouncedRecordsThanTheLimitAreRefusedBeforeAnythingIsWritten(): void
    {
        $rows = [['z', 'lost', 2]];
        $this->rows->records = ['z' => self::LOST];
        for ($number = 0; $number <= Limits::ANNOUNCED; $number++) {
            $this->rows->records["a$number"] = self::LOST;
            $rows[] = ["a$number", 'champions', 5];
        }
        $this->assertRefused('too_many_rows', 'rows', function () use ($rows): void {
            $this->send($rows);
        });
        $this->assertSame(['SELECT'], $this->rows->order());
    }

    public function testAFirstLoadOfAsManyIsWrittenAtOnce(): void
    {
        $rows = [];
        for ($number = 0; $number <= Limits::ANNOUNCED; $number++) {
            $this->rows->records["a$number"] = self::LOST;
            $rows[] = ["a$number", 'champions', 5];
        }
        $answer = $this->send($rows, false);
        $this->assertSame([Limits::ANNOUNCED + 1, 0], [$answer['written'], $answer['notified']]);
    }

    public function testNoRowsAreAnObjectWithoutRows(): void
    {
        $this->assertStringContainsString('"rows":{}', $this->text([]));
    }

    public function testIdsThatLookLikeNumbersAreKeysOfAnObject(): void
    {
        $this->rows->records = ['0' => self::LOST, '1' => self::LOST];
        $this->assertStringContainsString('"rows":{"0":"unchanged","1":"unchanged"}', $this->text([
            ['0', 'lost', 1],
            ['1', 'lost', 1],
        ]));
    }

    /** @return array<string, mixed> */
    private function send(array $rows, bool $notify = true): array
    {
        return json_decode($this->text($rows, $notify), true);
    }

    private function text(array $rows, bool $notify = true): string
    {
        $output = new Output(false);
        $body = ['columns' => self::COLUMNS, 'rows' => $rows, 'notify' => $notify];
        (new Scores())->answer(new Request('Contacts', [], $body), $output);
        $stream = $output->close();
        rewind($stream);
        return stream_get_contents($stream);
    }
}
