<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Addressing;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class AddressingTest extends InstallCase
{
    public function testUninstallingLeavesNobodyOnAProgrammesListAndNothingQueuedForIt(): void
    {
        $this->database->settings['suitecrmbridge']['addressing'] = json_encode([
            'mark' => 'm', 'contacts' => 3, 'days' => 30, 'lists' => ['one' => ['control', null, null], 'two' => [null, 1, 7]],
        ]);
        Addressing::emptyLists();
        $lists = preg_grep('/^UPDATE prospect_lists_prospects SET deleted = 1/', $this->database->statements);
        $queue = preg_grep('/^DELETE FROM emailman/', $this->database->statements);
        foreach ([$lists, $queue] as $statements) {
            $this->assertCount(1, $statements);
            $this->assertStringContainsString("IN ('one','two')", reset($statements));
        }
    }

    public function testWhereNothingWasToldNoListIsTouched(): void
    {
        Addressing::emptyLists();
        $this->assertSame([], preg_grep('/^(UPDATE|DELETE)/', $this->database->statements));
    }

    public function testOnlyListsThatWereToldAreProgrammes(): void
    {
        $this->assertFalse(Addressing::has('one'));
        $this->database->settings['suitecrmbridge']['addressing'] = '{"mark":"m","lists":{"one":[null,null,null]}}';
        $this->assertTrue(Addressing::has('one'));
        $this->assertFalse(Addressing::has('two'));
        $this->assertSame('m', Addressing::mark());
    }
}
