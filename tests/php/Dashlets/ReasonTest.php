<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Reason;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Card\CardBean;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns\Store;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class ReasonTest extends DashletCase
{
    private const STORED = 'As the bridge wrote it.';
    private const ROW = ['next_action_c' => 'win_back', 'value_at_stake_c' => '12.40', 'last_purchase_c' => '2026-03-27'];

    protected function setUp(): void
    {
        parent::setUp();
        require_once __DIR__ . '/StandIns/classes.php';
        Store::clear();
    }

    /** @dataProvider languages */
    public function testAReasonIsSaidInTheReadersLanguage(string $language, string $words): void
    {
        $this->speak($language);
        Store::$beans['Contacts'] = [new CardBean(self::ROW)];

        self::assertStringContainsString($words, Reason::of('Contacts', 'c1', 'win_back', self::STORED));
    }

    public function languages(): array
    {
        return [['en_us', 'come back: $12 is at stake.'], ['fr_FR', 'revenir : $12 en jeu.']];
    }

    public function testWhereTheRecordMayNotBeReadTheStoredReasonStays(): void
    {
        self::assertSame(self::STORED, Reason::of('Contacts', 'c1', 'win_back', self::STORED));
    }

    public function testWhereTheFiguresLeaveNoSentenceTheStoredReasonStays(): void
    {
        Store::$beans['Contacts'] = [new CardBean([])];

        self::assertSame(self::STORED, Reason::of('Contacts', 'c1', 'develop', self::STORED));
    }
}
