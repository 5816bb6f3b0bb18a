<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Notice;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Api\StandIns\Record;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class AnnouncedBeanTest extends ScoresCase
{
    /** @var Record */
    private $saved;
    /** @var int */
    private $writes = 0;
    /** @var string[] */
    private $steps = [];

    public function testHooksSeeTheOldSegmentBesideTheNewOne(): void
    {
        $seen = [];
        foreach (['before_save', 'after_save'] as $event) {
            Record::$hooks[$event] = function (Record $record) use (&$seen, $event): void {
                $seen[] = [$event, $record->fetched_row['rfm_segment_c'], $record->rfm_segment_c, $record->rfm_recency_c];
            };
        }
        $this->announce();
        $this->assertSame([
            ['before_save', 'lost', 'champions', 5],
            ['after_save', 'lost', 'champions', 5],
        ], $seen);
    }

    public function testNoColumnButTheBridgesOwnIsWritten(): void
    {
        $this->announce();
        $this->assertSame([], $this->rows->written);
        $this->assertSame(1, $this->writes);
    }

    public function testTextsAndAddressesAndRelationsAreLeftAlone(): void
    {
        $this->announce();
        $this->assertSame(Record::STORED['description'], $this->saved->description);
        $this->assertSame(Record::STORED['last_name'], $this->saved->last_name);
        $this->assertSame(['audit rfm_segment_c', 'audit rfm_recency_c'], Record::$told);
    }

    public function testWhatAHookChangesIsWrittenAndDated(): void
    {
        $this->hook('before_save', ['phone_work' => '2', 'fraud_c' => true]);
        $this->announce();
        $this->assertWritten(['phone_work', 'date_modified', 'modified_user_id', 'fraud_c']);
        $this->assertSame(['2026-03-09 12:00:00', 'bridge'], [$this->saved->date_modified, $this->saved->modified_user_id]);
    }

    public function testWhatAHookOnlySaysAgainIsNoChange(): void
    {
        $this->hook('before_save', ['phone_work' => 1, 'fraud_c' => false, 'email1' => 'b@example.test']);
        $this->announce();
        $this->assertSame([], $this->rows->written);
    }

    public function testADateThatAHookSetsIsKept(): void
    {
        $this->hook('before_save', ['date_modified' => '2020-01-01 00:00:00']);
        $this->announce();
        $this->assertWritten(['date_modified', 'modified_user_id']);
        $this->assertSame('2020-01-01 00:00:00', $this->saved->date_modified);
    }

    public function testAHookThatChangesTheBridgesOwnFieldsDoesNotHoldThem(): void
    {
        $this->hook('before_save', ['rfm_segment_c' => 'at_risk']);
        $this->announce();
        $this->assertSame(['champions', []], [$this->saved->rfm_segment_c, $this->rows->written]);
    }

    public function testAHookThatSavesTheRecordAgainWritesWhatItChanged(): void
    {
        Record::$hooks['after_save'] = function (Record $record): void {
            Record::$hooks = [];
            $record->description = 'new <b>words</b>';
            $record->save();
        };
        $this->announce();
        $this->assertWritten(['description', 'date_modified', 'modified_user_id']);
        $this->assertSame('new words', $this->saved->description);
        $this->assertSame(Record::STORED['last_name'], $this->saved->last_name);
        $this->assertContains('emails', Record::$told);
        $this->assertContains('relations', Record::$told);
    }

    public function testAHookThatSavesTheRecordBeforeItIsSavedLosesNothing(): void
    {
        Record::$hooks['before_save'] = function (Record $record): void {
            Record::$hooks = [];
            $record->phone_work = '2';
            $record->save();
        };
        $this->announce();
        $this->assertWritten(['phone_work', 'date_modified', 'modified_user_id']);
        $this->assertSame(1, $this->writes);
    }

    public function testAHookMayUseTheDatabaseOfTheRecord(): void
    {
        $seen = [];
        Record::$hooks['after_save'] = function (Record $record) use (&$seen): void {
            $seen[] = $record->db;
        };
        $this->announce();
        $this->assertSame([$this->rows], $seen);
        $this->assertNull($this->saved->bean_fields_to_save);
    }

    public function testAHookThatFailsBeforeTheRecordIsSavedKeepsItFromBeingSaved(): void
    {
        Record::$hooks['before_save'] = static function (): void {
            throw new \DomainException('no');
        };
        try {
            $this->announce();
        } catch (\DomainException $failure) {
            $this->assertSame([], $this->steps);
            return;
        }
        $this->fail('the failure was swallowed');
    }

    public function testAHookThatFailsAfterwardsIsLoggedAndTheAuditTakesPlace(): void
    {
        Record::$hooks['after_save'] = static function (): void {
            throw new \DomainException('no');
        };
        $this->announce();
        $this->assertSame(['write', 'commit'], $this->steps);
        $this->assertContains('audit rfm_segment_c', Record::$told);
        $this->assertStringContainsString('no', implode($GLOBALS['log']->lines));
    }

    public function testTheRecordIsCommittedBetweenItsHooks(): void
    {
        foreach (['before_save', 'after_save'] as $event) {
            Record::$hooks[$event] = function () use ($event): void {
                $this->steps[] = $event;
            };
        }
        $this->announce();
        $this->assertSame(['before_save', 'write', 'commit', 'after_save'], $this->steps);
    }

    public function testARecordThatAHookSavesBeforeItIsSavedIsCommittedOnce(): void
    {
        Record::$hooks['before_save'] = function (Record $record): void {
            unset(Record::$hooks['before_save']);
            $record->save();
        };
        $this->announce();
        $this->assertSame(['write', 'commit'], $this->steps);
    }

    public function testTwoRecordsAreAnnouncedOneAfterTheOther(): void
    {
        $this->announce();
        $this->announce();
        $this->assertSame([2, []], [$this->writes, $this->rows->written]);
    }

    private function announce(): void
    {
        $record = Record::$hooks['after_save'] ?? null;
        Record::$hooks['after_save'] = function (Record $saved) use ($record): void {
            $this->saved = $saved;
            if ($record !== null) {
                $record($saved);
            }
        };
        $values = ['rfm_segment_c' => 'champions', 'rfm_recency_c' => 5];
        $write = function (): void {
            $this->writes++;
            $this->steps[] = 'write';
        };
        Notice::save('Contacts', 'x', $values, $write, function (): void {
            $this->steps[] = 'commit';
        });
    }

    private function hook(string $event, array $values): void
    {
        Record::$hooks[$event] = static function (Record $record) use ($values): void {
            foreach ($values as $field => $value) {
                $record->$field = $value;
            }
        };
    }

    private function assertWritten(array $fields): void
    {
        $this->assertEqualsCanonicalizing($fields, $this->rows->written);
    }
}
