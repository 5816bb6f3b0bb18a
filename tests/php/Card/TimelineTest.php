<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Card;

use SuiteCRM\Custom\SuiteCRMBridge\Card\Drawing;
use SuiteCRM\Custom\SuiteCRMBridge\Card\Timeline;

final class TimelineTest extends CardCase
{
    private const CHANGES = [
        ['what' => 'complaint', 'since' => '2026-11-20', 'value' => 'open'],
        ['what' => 'segment', 'since' => '2026-11-02', 'value' => 'at_risk'],
        ['what' => 'action', 'since' => '2026-11-02', 'value' => 'call_now'],
        ['what' => 'programme', 'since' => '2026-10-02', 'value' => ''],
        ['what' => 'programme', 'since' => '2026-09-02', 'value' => 'welcome'],
        ['what' => 'complaint', 'since' => '2026-08-01', 'value' => 'none'],
    ];
    private const TOLD = [['key' => 'welcome', 'label' => ['en' => 'Welcome', 'fr' => 'Bienvenue']]];

    public function testEachChangeHasItsDayAndReadsInTheReadersLanguage(): void
    {
        $this->speak('fr_FR');

        self::assertSame([
            'DepuisQuoiDevient',
            'day 2026-11-20RéclamationsUne ou plusieurs ouvertes',
            'day 2026-11-02SegmentÀ risque',
            'day 2026-11-02Prochaine actionAppeler maintenant',
            'day 2026-10-02ProgrammePlus aucun',
            'day 2026-09-02ProgrammeBienvenue',
            'day 2026-08-01RéclamationsAucune ouverte',
        ], $this->rows(Timeline::table(self::CHANGES, self::TOLD)));
    }

    public function testNothingThatWasToldBecomesHtml(): void
    {
        $nasty = '<script>';
        $changes = [];
        foreach (['segment', 'action', 'programme'] as $what) {
            $changes[] = ['what' => $what, 'since' => $nasty, 'value' => $nasty];
        }

        self::assertStringNotContainsString($nasty, Timeline::table($changes, []));
    }

    public function testWhereNothingIsKnownASentenceSaysSo(): void
    {
        self::assertStringContainsString('No change is known', Timeline::table([], []));
    }

    public function testWhoMayNotViewTheRecordLearnsNothing(): void
    {
        $bean = new CardBean(self::LOYAL);
        $bean->mayView = false;

        self::assertStringContainsString('You may not see this', Timeline::page($bean));
        self::assertStringContainsString('You may not see this', Timeline::page(false));
    }

    public function testTheCardLeadsToItWhereThereIsOne(): void
    {
        $told = ['timeline' => Timeline::address('Contacts', 'c&1')];

        self::assertStringContainsString(
            'href="index.php?module=Contacts&amp;action=suitecrmbridgetimeline&amp;record=c%261"',
            Drawing::card($this->card(self::LOYAL, $told))
        );
        self::assertStringNotContainsString('timeline', Drawing::card($this->card(self::LOYAL)));
    }
}
