<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;
use SuiteCRM\Custom\SuiteCRMBridge\Api\MemberTable;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class MemberTableTest extends ScoresCase
{
    private function members(): MemberTable
    {
        $this->rows->members = ['AB-1 ', 'cd-2'];
        return new MemberTable(new Database(), 'list', 'Contacts');
    }

    public function testAMemberThatTheListSpellsOtherwiseIsNotAddedAgain(): void
    {
        $this->assertSame(0, $this->members()->add(['ab-1', 'CD-2']));
    }

    public function testAMemberThatTheListSpellsOtherwiseIsTakenOff(): void
    {
        $this->assertSame(2, $this->members()->remove(['ab-1', 'CD-2', 'ef-3'], ''));
    }

    public function testWhoIsOutOfSightIsLeftAloneByEveryStatement(): void
    {
        $this->members()->remove(['ab-1'], "contacts.assigned_user_id = 'me'");
        $this->assertCount(2, $this->rows->statements);
        foreach ($this->rows->statements as $statement) {
            $this->assertStringContainsString(
                "EXISTS (SELECT 1 FROM contacts WHERE contacts.id = related_id"
                . " AND contacts.deleted = 0 AND contacts.assigned_user_id = 'me')",
                $statement
            );
        }
    }

    public function testWhoLeavesAProgrammesListLeavesTheQueueOfItsMailsToo(): void
    {
        $this->members()->remove(['ab-1', 'ef-3'], '', true);
        $queue = preg_grep('/^DELETE FROM emailman /', $this->rows->statements);
        $this->assertCount(1, $queue);
        $this->assertMatchesRegularExpression(
            "/WHERE list_id = 'list' AND related_type = 'Contacts' AND related_id IN \\('ab-1'\\)$/",
            reset($queue)
        );
    }

    public function testTheQueueOfPeoplesOwnListsIsLeftAlone(): void
    {
        $this->members()->remove(['ab-1'], '');
        $this->assertSame([], preg_grep('/emailman/', $this->rows->statements));
    }
}
