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

    public function testTheChartHasTheAmountOfEachMonthInTheReadersWords(): void
    {
        \DBManagerFactory::$facts = '{"months": "2025-12,0,0,5000,0,0,0,0,0,0,0,0,12345"}';
        \BeanFactory::$record = new CardBean(self::LOYAL);
        $months = CardLines::months('Contacts', 'c1');
        $this->assertCount(12, $months);
        $this->assertSame(['name' => "Dec\u{a0}2025", 'amount' => 0.0], $months[0]);
        $this->assertSame(123.45, $months[11]['amount']);
    }

    public function testAYearWithoutAPurchaseIsNoChart(): void
    {
        \DBManagerFactory::$facts = '{"months": "2025-12,0,0,0,0,0,0,0,0,0,0,0,0"}';
        \BeanFactory::$record = new CardBean(self::LOYAL);
        $this->assertSame([], CardLines::months('Contacts', 'c1'));
    }

    public function testAChartIsForWhoMayViewTheRecordOnly(): void
    {
        \DBManagerFactory::$facts = '{"months": "2025-12,0,0,5000,0,0,0,0,0,0,0,0,12345"}';
        \BeanFactory::$record = new CardBean(self::LOYAL);
        \BeanFactory::$record->mayView = false;
        $this->assertSame([], CardLines::months('Contacts', 'c1'));
    }

    public function testWhoHasNoFiguresYetHasNoLines(): void
    {
        $this->assertSame([], $this->lines(new CardBean(['rfm_segment_c' => null])));
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
