<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\CallList;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Html;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\MapDrawing;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\RiskDrawing;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Links;

/** What reads a dashlet out, or is spoken to, finds in it. */
final class AccessibleTest extends DashletCase
{
    private const TOTAL = 'dashlet_risk_at_stake_total';

    public function testACellOfTheMapIsCalledWhatItShows(): void
    {
        $links = $this->document(MapDrawing::draw(new Links('Contacts'), [5 => [5 => 1200]]))->getElementsByTagName('a');

        self::assertSame(['1,200 Champions', ''], [$links[0]->textContent, $links[0]->getAttribute('aria-label')]);
        self::assertStringContainsString('recency 5, frequency 5', $links[0]->getAttribute('title'));
    }

    public function testATitleIsNotBrokenWithinAWordOnAPhone(): void
    {
        $title = Html::title("<div class='moduleTitle'><h2 class='module-title-text'> What changed when </h2></div>");
        $heading = $this->document($title)->getElementsByTagName('h2')[0];

        self::assertStringContainsString('word-break:normal', $heading->getAttribute('style'));
        self::assertSame('module-title-text', $heading->getAttribute('class'));
    }

    public function testAColumnOfBarsHasNoEmptyHead(): void
    {
        $segments = [['segment' => 'at_risk', 'customers' => 2, 'amount' => 10.0]];
        $heads = $this->document(RiskDrawing::draw(new Links('Contacts'), self::TOTAL, 'A', $segments, []))->getElementsByTagName('th');

        foreach ($heads as $head) {
            self::assertNotSame('', $head->textContent);
        }
        self::assertSame(3, $heads->length);
    }

    public function testLinksBelowEachOtherAreAFingerApart(): void
    {
        $who = ['id' => 'c1', 'name' => 'Ada', 'account' => 'Ltd', 'account_id' => 'a1', 'phone' => '12'];
        $drawn = CallList::who(new Links('Contacts'), $who + ['do_not_call' => false, 'owner' => '']);
        $document = $this->document($drawn);

        self::assertSame('line-height:26px', $document->getElementsByTagName('div')[1]->getAttribute('style'));
        self::assertSame('font-size:11px;line-height:24px', $document->getElementsByTagName('div')[2]->getAttribute('style'));
        self::assertSame(3, $document->getElementsByTagName('a')->length);
    }
}
