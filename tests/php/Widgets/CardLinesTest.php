<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Widgets;

use SuiteCRM\Custom\SuiteCRMBridge\Tests\Card\CardBean;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Card\CardCase;
use SuiteCRM\Custom\SuiteCRMBridge\Widgets\CardLines;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class CardLinesTest extends CardCase
{
    protected function setUp(): void
    {
        require_once __DIR__ . '/BeanFactory.php';
        parent::setUp();
    }

    public function testALineIsWhatTheCardSays(): void
    {
        $lines = $this->lines(new CardBean(['review_flag_c' => '1', 'do_not_call' => '1'] + self::LEAVING));
        $this->assertSame('At risk', $lines['segment']);
        $this->assertSame('Call now', $lines['action']);
        $this->assertStringContainsString('$800 is at stake', $lines['action_why']);
        $this->assertSame('overdue since day 2026-11-20', $lines['action_due']);
        $this->assertSame('$800', $lines['stake']);
        $this->assertSame('$1,234', $lines['value']);
        $this->assertSame('12 purchases, $9,876 in all', $lines['purchases']);
        $this->assertSame('To review, Do not call', $lines['flags']);
    }

    public function testItIsSaidInTheReadersLanguage(): void
    {
        $this->speak('fr_FR');
        $lines = $this->lines(new CardBean(self::LEAVING));
        $this->assertSame(['À risque', 'Appeler maintenant'], [$lines['segment'], $lines['action']]);
    }

    public function testAnEmptyFigureIsNoLine(): void
    {
        $lines = $this->lines(new CardBean(self::PROSPECT));
        $this->assertSame(['segment', 'segment_why', 'action', 'action_due', 'as_of'], array_keys(array_diff_key(
            $lines,
            ['action_why' => true]
        )));
    }

    public function testWhoHasNoFiguresYetIsSaidToHaveNone(): void
    {
        $this->assertSame(['nothing' => 'No figures so far.'], $this->lines(new CardBean(['rfm_segment_c' => null])));
    }

    public function testWhoMayNotViewTheRecordIsToldNothing(): void
    {
        $bean = new CardBean(self::LOYAL);
        $bean->mayView = false;
        $this->assertSame([], $this->lines($bean));
    }

    public function testARecordThatIsGoneHasNoLines(): void
    {
        $this->assertSame([], $this->lines(false));
    }

    private function lines($bean): array
    {
        \BeanFactory::$record = $bean;
        return CardLines::of('Contacts', 'c1');
    }
}
