<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Recent;

final class RecentTest extends DashletCase
{
    /** @var int */
    private $reads = 0;

    public function testTheSameStatementIsReadOnceInTwoMinutes(): void
    {
        $this->read('SELECT 1', 1000);
        $this->read('SELECT 1', 1119);

        self::assertSame(1, $this->reads);
    }

    public function testOldRowsAreReadAgain(): void
    {
        $this->read('SELECT 1', 1000);
        $this->read('SELECT 1', 1120);

        self::assertSame(2, $this->reads);
    }

    public function testAnotherUsersRightsAreAnotherStatement(): void
    {
        $this->read("SELECT 1 WHERE assigned_user_id = 'u1'", 1000);
        $this->read("SELECT 1 WHERE assigned_user_id = 'u2'", 1000);

        self::assertSame(2, $this->reads);
    }

    public function testTheRefreshButtonReadsAgain(): void
    {
        $this->read('SELECT 1', 1000);
        $_REQUEST['DynamicAction'] = 'displayDashlet';
        $this->read('SELECT 1', 1001);
        unset($_REQUEST['DynamicAction']);

        self::assertSame(2, $this->reads);
    }

    public function testALongAnswerIsNotKept(): void
    {
        $many = array_fill(0, 501, ['n' => '1']);
        Recent::rows('SELECT 1', 1000, static function () use ($many): array {
            return $many;
        });
        $this->read('SELECT 1', 1000);

        self::assertSame(1, $this->reads);
    }

    private function read(string $statement, int $now): void
    {
        Recent::rows($statement, $now, function (): array {
            $this->reads++;
            return [['n' => '1']];
        });
    }
}
