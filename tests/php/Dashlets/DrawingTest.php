<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\ComplaintsDrawing;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Html;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\MapDrawing;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\OptionsForm;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\RiskDrawing;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Segment;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\SegmentsDrawing;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Links;

final class DrawingTest extends DashletCase
{
    private const CUSTOMER = ['id' => 'c1', 'segment' => 'at_risk', 'action' => 'call_now', 'amount' => 1.0,
        'reason' => 'Silent since May', 'name' => 'Ann', 'account' => 'Acme', 'account_id' => 'a1',
        'phone' => '+33 (1) 42', 'do_not_call' => false, 'owner' => 'Chris'];
    private const TOTAL = 'dashlet_risk_at_stake_total';

    public function testOnAPhoneTheColumnsOfATabComeOneBelowTheOther(): void
    {
        $frame = Html::frame('x');

        self::assertStringContainsString('@media (max-width:767px){.dashletTable .dashletcontainer{display:block', $frame);
        self::assertStringEndsWith('>x</div>', $frame);
    }

    public function testEachCellOfTheMapHasASegment(): void
    {
        foreach (range(1, 5) as $recency) {
            foreach (range(1, 5) as $frequency) {
                self::assertArrayHasKey(Segment::at($recency, $frequency), Catalogue::SEGMENTS);
            }
        }
    }

    public function testACellOfTheMapLeadsToJustItsCustomers(): void
    {
        $cells = $this->document(MapDrawing::draw(new Links('Accounts'), [5 => [4 => 12]]))->getElementsByTagName('a');

        self::assertSame(1, $cells->length);
        self::assertSame(
            'index.php?module=Accounts&action=index&query=true&searchFormTab=advanced_search'
            . '&rfm_recency_c_advanced=5&rfm_frequency_c_advanced=4',
            $cells->item(0)->getAttribute('href')
        );
        self::assertSame('Champions: 12 customers (recency 5, frequency 4)', $cells->item(0)->getAttribute('title'));
    }

    public function testASingleCustomerIsWrittenInTheSingular(): void
    {
        self::assertStringContainsString('Champions: 1 customer (', MapDrawing::draw(new Links('Contacts'), [5 => [5 => 1]]));
    }

    public function testTheMapSpeaksTheUsersLanguage(): void
    {
        $this->speak('fr_FR');
        $text = $this->document(MapDrawing::draw(new Links('Contacts'), [5 => [5 => 1]]))->textContent;

        self::assertStringContainsString('Dernier achat', $text);
        self::assertStringContainsString("Sur le point de s'endormir", $text);
    }

    public function testAnEmptyMapSaysSoInWords(): void
    {
        self::assertStringContainsString('No customer here has been scored yet', MapDrawing::draw(new Links('Contacts'), []));
    }

    public function testSegmentsStandInTheOrderOfTheirRank(): void
    {
        $html = SegmentsDrawing::draw(new Links('Contacts'), ['lost' => 9, 'champions' => 1], null, '');

        self::assertLessThan(strpos($html, 'Lost'), strpos($html, 'Champions'));
    }

    public function testASegmentThatEmptiedSinceTheRunBeforeStillShowsItsChange(): void
    {
        $html = SegmentsDrawing::draw(new Links('Contacts'), ['champions' => 3], ['champions' => 1, 'loyal' => 2], 'note');
        $text = $this->document($html)->textContent;

        self::assertStringContainsString('Champions3100%+2', $text);
        self::assertStringContainsString('Loyal00%−2', $text);
    }

    public function testWithoutARunBeforeThereIsNoColumnOfChange(): void
    {
        $html = SegmentsDrawing::draw(new Links('Contacts'), ['champions' => 3], null, 'first run');

        self::assertStringNotContainsString('Change', $html);
        self::assertStringContainsString('first run', $html);
    }

    public function testProspectsAreNoCustomersAndHaveNoShare(): void
    {
        $html = SegmentsDrawing::draw(new Links('Contacts'), ['loyal' => 3, 'prospect' => 7], ['prospect' => 5], '');
        $rows = $this->rows($html);

        self::assertSame(['Loyal3100%+3', 'Total3+3', 'Prospect7+2'], array_slice($rows, 1));
    }

    public function testOnlyProspectsAreNoReasonToFail(): void
    {
        $rows = $this->rows(SegmentsDrawing::draw(new Links('Contacts'), ['prospect' => 7], null, ''));

        self::assertSame(['Total0', 'Prospect7'], array_slice($rows, 1));
    }

    public function testNameAndNumberOfASegmentLeadToItsCustomers(): void
    {
        $html = SegmentsDrawing::draw(new Links('Contacts'), ['loyal' => 3], ['lost' => 1], '');

        self::assertSame(
            ['rfm_segment_c_advanced%5B%5D=loyal', 'rfm_segment_c_advanced%5B%5D=loyal'],
            $this->filters($html)
        );
    }

    public function testNobodyScoredSaysSoInWords(): void
    {
        self::assertStringContainsString('No customer here has been scored yet', SegmentsDrawing::draw(new Links('Contacts'), [], null, ''));
    }

    public function testRevenueAtRiskIsTheSumOfItsSegments(): void
    {
        $segments = [
            ['segment' => 'at_risk', 'customers' => 2, 'amount' => 1500.0],
            ['segment' => '', 'customers' => 1, 'amount' => 500.0],
        ];

        self::assertStringContainsString(
            '$2,000 at stake over the next 12 months, with 3 customers at risk or lost',
            $this->document(RiskDrawing::draw(new Links('Contacts'), self::TOTAL, 'Amount', $segments, []))->textContent
        );
    }

    public function testNamesOfCustomersAndSegmentsAreEscaped(): void
    {
        $GLOBALS['app_list_strings']['suitecrmbridge_segment']['at_risk'] = 'At <risk>';
        $segments = [['segment' => 'at_risk', 'customers' => 1, 'amount' => 1.0]];
        $nasty = ['name' => '<script>alert(1)</script>', 'account' => '<script>', 'account_id' => '"><x',
            'phone' => '"><x>', 'owner' => '<script>', 'reason' => '<script>', 'id' => '"><x'];
        $top = [$nasty + self::CUSTOMER, ['phone' => '"><x'] + $nasty + self::CUSTOMER];
        $html = RiskDrawing::draw(new Links('Contacts'), self::TOTAL, '<b>Amount', $segments, $top);

        self::assertStringNotContainsString('<script', $html);
        self::assertStringNotContainsString('<b>Amount', $html);
        self::assertStringNotContainsString('"><x', $html);
        self::assertStringContainsString('At &lt;risk&gt;', $html);
    }

    public function testAmountsOfZeroDrawNoBarAndDoNotFail(): void
    {
        $segments = [['segment' => 'at_risk', 'customers' => 1, 'amount' => 0.0]];

        self::assertStringContainsString('width="0.00%"', RiskDrawing::draw(new Links('Contacts'), self::TOTAL, 'A', $segments, []));
    }

    public function testWhoIsToBeCalledComesWithAllThatTheCallTakes(): void
    {
        $segments = [['segment' => 'at_risk', 'customers' => 1, 'amount' => 1.0]];
        $html = RiskDrawing::draw(new Links('Contacts'), self::TOTAL, 'A', $segments, [self::CUSTOMER]);
        $text = $this->document($html)->textContent;

        self::assertStringContainsString('AnnAcme+33 (1) 42Assigned to ChrisCall nowSilent since May', $text);
        self::assertStringContainsString('href="tel:+33142"', $html);
        self::assertStringContainsString('module=Accounts&amp;action=DetailView&amp;record=a1', $html);
    }

    public function testWhoMustNotBeCalledShowsNoNumber(): void
    {
        $segments = [['segment' => 'at_risk', 'customers' => 1, 'amount' => 1.0]];
        $top = [['do_not_call' => true] + self::CUSTOMER];
        $html = RiskDrawing::draw(new Links('Contacts'), self::TOTAL, 'A', $segments, $top);

        self::assertStringContainsString('do not call', $html);
        self::assertStringNotContainsString('tel:', $html);
    }

    public function testAFigureAtRiskLeadsToJustThoseOfItsSegmentWhoAreAtRiskOrLost(): void
    {
        $segments = [['segment' => 'loyal', 'customers' => 2, 'amount' => 1.0]];
        $html = RiskDrawing::draw(new Links('Contacts'), self::TOTAL, 'A', $segments, []);
        $leaving = 'standing_c_advanced%5B%5D=lost&standing_c_advanced%5B%5D=at_risk';

        self::assertSame(
            [$leaving, "rfm_segment_c_advanced%5B%5D=loyal&$leaving"],
            array_values(array_unique($this->filters($html)))
        );
    }

    public function testNobodyAtRiskSaysSoInWords(): void
    {
        self::assertStringContainsString('No customer is at risk or lost', RiskDrawing::draw(new Links('Contacts'), self::TOTAL, 'A', [], []));
    }

    public function testNothingIsAskedToBeWiderThanAPhone(): void
    {
        $html = MapDrawing::draw(new Links('Contacts'), [1 => [1 => 1]])
            . SegmentsDrawing::draw(new Links('Contacts'), ['lost' => 1], [], '')
            . ComplaintsDrawing::draw($this->complaints(), self::MONTHS, ['p' => $this->line('P', 1)]);

        preg_match_all('/(?:min-width:|minmax\()(\d+)/', $html, $widths);
        self::assertNotEmpty($widths[1]);
        self::assertLessThanOrEqual(20, max($widths[1]));
    }

    public function testTextOnASegmentsColourReadsWell(): void
    {
        self::assertSame('#ffffff', Html::inkOn('#1a7f4b'));
        self::assertSame('#000000', Html::inkOn('#e8c547'));
    }

    /** @dataProvider colours */
    public function testTextOnAColourHasAContrastOfFourAndAHalf(string $colour): void
    {
        self::assertGreaterThanOrEqual(4.5, self::contrast($colour, Html::inkOn($colour)));
    }

    public static function colours(): array
    {
        $colours = array_column(Catalogue::SEGMENTS, 'colour');
        // Those of complaints, from few to many, and greys: an installation may have colours of its own.
        foreach (range(0, 20) as $step) {
            $colours[] = Html::tint('#c0392b', $step / 20);
            $colours[] = Html::tint('#000000', $step / 20);
        }
        return array_map(null, array_combine($colours, array_map(null, array_chunk($colours, 1))));
    }

    public function testABadgeCanBeReadToo(): void
    {
        preg_match('/background:(#\w+);color:(#\w+)/', Html::badge('late'), $colours);

        self::assertGreaterThanOrEqual(4.5, self::contrast($colours[1], $colours[2]));
    }

    public function testNothingIsDrawnWithScriptsOrForeignResources(): void
    {
        $html = MapDrawing::draw(new Links('Contacts'), [1 => [1 => 1]])
            . SegmentsDrawing::draw(new Links('Contacts'), ['lost' => 1], [], '')
            . ComplaintsDrawing::draw($this->complaints(), self::MONTHS, ['p' => $this->line('P', 1)]);

        self::assertDoesNotMatchRegularExpression('/<script|javascript:|https?:|src=|@import|url\(/i', $html);
    }

    public function testOptionsAreSentTheWayTheHomePageExpects(): void
    {
        $select = ['name' => 'customers', 'label' => 'Who', 'value' => 'Accounts'];
        $select['choices'] = ['Contacts' => 'Contacts', 'Accounts' => '<Accounts>'];
        $box = ['name' => 'myItemsOnly', 'label' => '<Mine>', 'ticked' => true];
        $html = OptionsForm::draw('id-1', 'Title', 'A "title"', [$select], $box, 'Save');
        $fields = [];
        foreach ($this->document($html)->getElementsByTagName('input') as $input) {
            $fields[$input->getAttribute('name')] = $input->getAttribute('value');
        }

        self::assertSame(['id-1', 'Home', 'ConfigureDashlet', 'true', 'true', 'A "title"'], [
            $fields['id'],
            $fields['module'],
            $fields['action'],
            $fields['to_pdf'],
            $fields['configure'],
            $fields['title'],
        ]);
        self::assertStringContainsString('value="Accounts" selected>&lt;Accounts&gt;', $html);
        self::assertStringContainsString('&lt;Mine&gt;</td><td><input type="checkbox" value="true" name="myItemsOnly" checked>', $html);
    }

    /** @return string[] what each link to a list asks for */
    private function filters(string $html): array
    {
        $filters = [];
        foreach ($this->document($html)->getElementsByTagName('a') as $link) {
            $parts = explode('advanced_search&', $link->getAttribute('href'));
            $filters[] = $parts[1] ?? '';
        }
        return $filters;
    }

    private static function contrast(string $one, string $other): float
    {
        $luminances = array_map(static function (string $colour): float {
            $linear = array_map(static function (int $part): float {
                $share = $part / 255;
                return $share <= 0.03928 ? $share / 12.92 : (($share + 0.055) / 1.055) ** 2.4;
            }, sscanf($colour, '#%02x%02x%02x'));
            return 0.2126 * $linear[0] + 0.7152 * $linear[1] + 0.0722 * $linear[2];
        }, [$one, $other]);
        return (max($luminances) + 0.05) / (min($luminances) + 0.05);
    }
}
