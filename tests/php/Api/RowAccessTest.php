<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\RowAccess;

/** SuiteCRM 7.12 has no buildAccessWhere: there the condition is built from its parts. */
final class RowAccessTest extends TestCase
{
    private const OWNER = "contacts.assigned_user_id ='u'";
    private const GROUP = 'EXISTS (groups of u, contacts, Contacts)';

    protected function setUp(): void
    {
        require_once __DIR__ . '/row_access.php';
        $GLOBALS['current_user'] = (object) ['id' => 'u'];
        \ACLController::$owner = \ACLController::$group = [];
    }

    private static function bean(string $owner = self::OWNER, bool $acl = true)
    {
        return new class ($owner, $acl) {
            public $table_name = 'contacts';
            public $module_dir = 'Contacts';
            private $owner;
            private $acl;

            public function __construct(string $owner, bool $acl)
            {
                $this->owner = $owner;
                $this->acl = $acl;
            }

            public function bean_implements(string $interface): bool
            {
                return $this->acl;
            }

            public function getOwnerWhere(string $user): string
            {
                return " $this->owner ";
            }
        };
    }

    public function testWhereSuiteCrmBuildsTheConditionItIsTaken(): void
    {
        $bean = new class {
            public function buildAccessWhere(string $action): string
            {
                return " condition of $action ";
            }
        };
        $this->assertSame('condition of edit', RowAccess::condition($bean, 'edit'));
    }

    public function testWhoMaySeeAllIsNotRestricted(): void
    {
        $this->assertSame('', RowAccess::condition(self::bean(), 'list'));
    }

    public function testOwnerAccessShowsOnesOwnRecords(): void
    {
        \ACLController::$owner = ['list'];
        $this->assertSame(self::OWNER, RowAccess::condition(self::bean(), 'list'));
    }

    public function testRightsAreThoseOfTheAction(): void
    {
        \ACLController::$owner = ['edit'];
        $this->assertSame('', RowAccess::condition(self::bean(), 'list'));
    }

    public function testGroupAccessShowsTheGroupsRecordsAndOnesOwn(): void
    {
        \ACLController::$group = ['list'];
        $expected = '(' . self::OWNER . ' OR ' . self::GROUP . ')';
        $this->assertSame($expected, RowAccess::condition(self::bean(), 'list'));
    }

    public function testRecordsWithoutAnOwnerAreSeenByTheirGroups(): void
    {
        \ACLController::$group = ['view'];
        $this->assertSame('(' . self::GROUP . ')', RowAccess::condition(self::bean(''), 'view'));
    }

    public function testModulesWithoutRightsOfTheirOwnAreNotRestricted(): void
    {
        \ACLController::$owner = \ACLController::$group = ['list'];
        $this->assertSame('', RowAccess::condition(self::bean(self::OWNER, false), 'list'));
    }
}
