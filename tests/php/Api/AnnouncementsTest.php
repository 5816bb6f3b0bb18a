<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Announcements;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;
use SuiteCRM\Custom\SuiteCRMBridge\Api\ScoreAnswer;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Writable;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Api\StandIns\Record;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class AnnouncementsTest extends ScoresCase
{
    public function testEachRecordHasATransactionOfItsOwnAndIsReadInIt(): void
    {
        $this->rows->records = ['a' => self::LOST, 'b' => self::LOST];
        $this->assertSame(['a' => 'written', 'b' => 'written'], $this->write('a', 'b'));
        $one = ['START TRANSACTION', 'LOCK', 'LOCK', 'INSERT', 'COMMIT'];
        $this->assertSame(array_merge($one, $one), $this->rows->order());
        $this->assertSame([self::WON, self::WON], array_values($this->rows->records));
    }

    public function testARecordWhoseHookFailsTakesNoOtherAlong(): void
    {
        $this->rows->records = ['a' => self::LOST, 'b' => self::LOST];
        Record::$hooks['before_save'] = static function (Record $record): void {
            if ($record->id === 'a') {
                throw new \DomainException('secret words');
            }
        };
        $this->assertSame(['a' => 'failed', 'b' => 'written'], $this->write('a', 'b'));
        $this->assertSame(['failed'], array_column($this->answer['failed'], 'code'));
        $this->assertStringNotContainsString('secret', json_encode($this->answer));
        $this->assertSame(['a' => self::LOST, 'b' => self::WON], $this->rows->records);
    }

    public function testAHookThatFailsWhenTheRecordIsSavedLeavesItWritten(): void
    {
        $this->rows->records = ['a' => self::LOST];
        Record::$hooks['after_save'] = static function (): void {
            throw new \DomainException('secret words');
        };
        $this->assertSame(['a' => 'written'], $this->write('a'));
        $this->assertSame(['a' => self::WON], $this->rows->records);
    }

    public function testHooksThatComeAfterwardsFindTheRecordFree(): void
    {
        $this->rows->records = ['a' => self::LOST];
        $last = null;
        Record::$hooks['after_save'] = function () use (&$last): void {
            $last = end($this->rows->statements);
        };
        $this->assertSame(['a' => 'written'], $this->write('a'));
        $this->assertSame('COMMIT', $last);
    }

    public function testARecordThatSomebodyHoldsIsBusyAndTheWaitIsShort(): void
    {
        $this->rows->records = ['a' => self::LOST];
        $this->rows->held = ['a'];
        $this->assertSame(['a' => 'failed'], $this->write('a'));
        $this->assertSame(['busy'], array_column($this->answer['failed'], 'code'));
        $set = array_values(preg_grep('/^SET SESSION/', $this->rows->statements));
        $this->assertMatchesRegularExpression('/= [1-9]$/', $set[0]);
        $this->assertStringEndsWith('= 50', $set[1]);
        $this->assertContains('ROLLBACK', $this->rows->statements);
    }

    /** @requires extension mysqli */
    public function testARecordThatSomebodyHoldsIsBusyWhereTheDatabaseThrows(): void
    {
        $this->rows->throws = true;
        $this->testARecordThatSomebodyHoldsIsBusyAndTheWaitIsShort();
    }

    public function testARecordThatWentMeanwhileIsRejected(): void
    {
        $this->assertSame(['a' => 'rejected'], $this->write('a'));
    }

    public function testARecordThatHoldsTheValuesMeanwhileIsUnchanged(): void
    {
        $this->rows->records = ['a' => self::WON];
        $this->assertSame(['a' => 'unchanged'], $this->write('a'));
    }

    public function testARecordThatHasTheSegmentMeanwhileIsWrittenAndNotAnnounced(): void
    {
        Record::$hooks['before_save'] = function (): void {
            $this->fail('announced again');
        };
        $this->rows->records = ['a' => ['rfm_recency_c' => '1'] + self::WON];
        $this->assertSame(['a' => 'written'], $this->write('a'));
        $this->assertSame(0, $this->answer['notified']);
    }

    public function testARecordWithoutCustomFieldsIsAnnounced(): void
    {
        $this->rows->records = ['a' => []];
        $this->assertSame(['a' => 'written'], $this->write('a'));
        $this->assertSame(1, $this->answer['notified']);
    }

    public function testWhatARecordKeptOpenIsFreedAfterIt(): void
    {
        $this->rows->records = ['a' => self::LOST];
        $this->write('a');
        $this->assertSame(['Contacts a', 'AOD_Index 1'], \BeanFactory::$freed);
    }

    public function testPeopleHaveTheirTurnBetweenTwoRecords(): void
    {
        $this->rows->records = ['a' => self::LOST, 'b' => self::LOST, 'c' => self::LOST];
        $takes = [0.25, 2.0, 0.0];
        Record::$hooks['after_save'] = function () use (&$takes): void {
            $this->now += array_shift($takes);
        };
        $this->write('a', 'b', 'c');
        $this->assertSame([0.0, 0.25, 0.5], $this->pauses);
    }

    /** @dataProvider limits */
    public function testOnceTheTimeIsUpNoFurtherRecordIsBegun(string $allowed, float $takes, string $second): void
    {
        ini_set('max_execution_time', $allowed);
        $this->rows->records = ['a' => self::LOST, 'b' => self::LOST];
        Record::$hooks['after_save'] = function () use ($takes): void {
            $this->now += $takes;
        };
        $this->assertSame(['a' => 'written', 'b' => $second], $this->write('a', 'b'));
        $codes = $second === 'failed' ? ['not_reached'] : [];
        $this->assertSame($codes, array_column($this->answer['failed'], 'code'));
    }

    public function limits(): array
    {
        return [
            'within the time' => ['0', 19.0, 'written'],
            'beyond it' => ['0', 21.0, 'failed'],
            'within half of what PHP allows' => ['30', 14.0, 'written'],
            'beyond half of what PHP allows' => ['30', 16.0, 'failed'],
            'beyond it although PHP allows much' => ['3600', 21.0, 'failed'],
        ];
    }

    /** @var array<string, mixed> */
    private $answer;
    /** @var float */
    private $now = 0.0;
    /** @var float[] */
    private $pauses = [];

    /** @return array<string, string> */
    private function write(string ...$ids): array
    {
        $answer = new ScoreAnswer();
        $fields = Writable::columns('Contacts');
        $clock = function (): float {
            return $this->now;
        };
        $wait = function (float $seconds): void {
            $this->pauses[] = $seconds;
        };
        $announcements = new Announcements(new Database(), $this->table(), 'Contacts', $fields, $clock, $wait);
        foreach ($ids as $id) {
            $announcements->write($id, self::WON, $answer);
        }
        $this->answer = $answer->toArray();
        return (array) $this->answer['rows'];
    }
}
