<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Card;

use SuiteCRM\Custom\SuiteCRMBridge\Card\Drawing;
use SuiteCRM\Custom\SuiteCRMBridge\Card\Field;

final class DrawingTest extends CardCase
{
    private const NASTY = '</dd><script>alert("x")</script>&\'';
    private const TROUBLED = ['complaint_open_c' => '2', 'complaint_count_c' => '3', 'satisfaction_c' => '10', 'fraud_c' => '1']
        + self::LEAVING;

    public function testWhatToDoComesFirstThenForWhomThenWhatIsAtStake(): void
    {
        $text = self::read($this->html(self::LEAVING));

        self::assertMatchesRegularExpression('/To do now.*Call now.*Segment.*At risk.*Value at stake.*\$800.*Purchases/s', $text);
    }

    public function testWhereNothingIsAtStakeWhatIsExpectedStandsThereOnce(): void
    {
        $text = self::read($this->html(self::LOYAL));

        self::assertMatchesRegularExpression('/Loyal.*Expected over the next 12 months\$1,234.*Purchases/s', $text);
        self::assertSame(1, substr_count($text, '$1,234'));
    }

    public function testNoTextOfARecordBecomesHtml(): void
    {
        $told = [['key' => 'p', 'label' => ['en' => self::NASTY]]];
        $row = ['next_offer_c' => self::NASTY, 'programme_c' => 'p', 'rfm_segment_c' => '"><b>'] + self::LOYAL;

        $html = Drawing::card($this->card($row, [], $told));

        self::assertStringNotContainsString('<script', $html);
        self::assertStringNotContainsString('"><b>', $html);
        self::assertSame(2, substr_count(self::read($html), self::NASTY));
    }

    public function testWhateverAColourSaysAWordSaysToo(): void
    {
        $html = $this->html(self::TROUBLED);
        preg_match_all('/<span class="scrmb-warn">([^<]+)</', $html, $warnings);

        self::assertSame([
            'overdue since day 2026-11-20',
            'Fraud',
            'Next was expected around day 2026-05-10',
            '2 open complaints',
            'Dissatisfied: 10 of 100',
        ], $warnings[1]);
    }

    public function testTheMapSaysWhereTheCustomerStandsWithoutBeingSeen(): void
    {
        $document = $this->document($this->html(self::LOYAL));
        $map = $document->getElementsByTagName('svg')->item(0);

        self::assertSame('img', $map->getAttribute('role'));
        self::assertSame('On the customer map: recency 4 of 5, frequency 5 of 5', $map->getAttribute('aria-label'));
        self::assertSame(25, $document->getElementsByTagName('rect')->length);
        self::assertSame(1, $document->getElementsByTagName('circle')->length);
    }

    public function testWhoHasNoPlaceOnTheMapHasNoMap(): void
    {
        self::assertStringNotContainsString('<svg', $this->html(self::PROSPECT));
    }

    public function testTheYearIsALineThatIsReadAsOneSentenceWithARingWhereTheNextPurchaseIsExpected(): void
    {
        $told = ['months' => '2025-12,1250' . str_repeat(',0', 10) . ',25000'];
        $svg = $this->document(Drawing::card($this->card(self::LOYAL, $told)))->getElementsByTagName('svg')->item(1);

        self::assertSame(
            "$263 from Dec\u{a0}2025 to Nov\u{a0}2026, with purchases in 2 of these months",
            $svg->getAttribute('aria-label')
        );
        self::assertSame(12, $svg->getElementsByTagName('rect')->length);
        // The next one is expected in the month after the last.
        self::assertSame((string) (12 * 13 + 5), $svg->getElementsByTagName('circle')->item(0)->getAttribute('cx'));
    }

    public function testAPurchaseThatIsExpectedFarFromTheLineHasNoRing(): void
    {
        $told = ['months' => '2025-12' . str_repeat(',100', 12)];
        $row = ['next_purchase_c' => '2028-01-01'] + self::LOYAL;
        $svg = $this->document(Drawing::card($this->card($row, $told)))->getElementsByTagName('svg')->item(1);

        self::assertSame(0, $svg->getElementsByTagName('circle')->length);
    }

    public function testTheCardHasANameForThoseWhoHearIt(): void
    {
        $this->speak('fr_FR');
        $section = $this->document($this->html(self::LOYAL))->getElementsByTagName('section')->item(0);

        self::assertSame('Le client en un coup d\'œil', $section->getAttribute('aria-label'));
    }

    public function testAFactThatIsNotKnownHasNoHeading(): void
    {
        self::assertStringNotContainsString('Complaints', self::read($this->html(self::LOYAL)));
        self::assertStringNotContainsString('Value at stake', self::read($this->html(self::LOYAL)));
    }

    public function testASegmentsNameCanBeReadOnItsColour(): void
    {
        self::assertStringContainsString('background:#3fa66b;color:#000000', $this->html(self::LOYAL));
    }

    public function testACardWithFlagsAloneIsDrawn(): void
    {
        $html = $this->html(['no_profiling_c' => '1'] + array_fill_keys(array_keys(self::LOYAL), null));

        self::assertSame('Objects to profiling: no figures', trim(self::read($html)));
    }

    /** @dataProvider forms */
    public function testNothingIsDrawnInAForm(string $view): void
    {
        self::assertSame('', Field::html(new CardBean(self::LOYAL), $view));
    }

    public function forms(): array
    {
        return [['EditView'], ['QuickCreate'], ['']];
    }

    public function testWhereThereIsNoCardItsRowIsHidden(): void
    {
        $bean = new CardBean(self::LOYAL);
        $bean->mayView = false;

        self::assertSame(
            '<style>.detail-view-row-item[data-field="suitecrmbridge_card"]{display:none}</style>',
            Field::html($bean, 'DetailView')
        );
    }

    public function testAFailureIsLoggedAndTheRecordIsShownAllTheSame(): void
    {
        $logged = [];
        $GLOBALS['log'] = new class ($logged) {
            private $logged;

            public function __construct(array &$logged)
            {
                $this->logged = &$logged;
            }

            public function fatal(string $message): void
            {
                $this->logged[] = $message;
            }
        };
        $bean = new CardBean(self::LOYAL);
        $bean->field_defs = null;

        $html = Field::html($bean, 'DetailView');
        unset($GLOBALS['log']);

        self::assertStringContainsString('display:none', $html);
        self::assertCount(1, $logged);
    }

    private function html(array $row): string
    {
        return Drawing::card($this->card($row));
    }

    /** What is read of a piece of HTML. */
    private static function read(string $html): string
    {
        return html_entity_decode(strip_tags(preg_replace('#<style>.*?</style>|<title>.*?</title>#s', '', $html)), ENT_QUOTES);
    }
}
