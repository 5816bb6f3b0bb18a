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

final class DrawingTest extends DashletCase
{
    private const MONTHS = ['2026-10', '2026-11'];

    public function testEachCellOfTheMapHasASegment(): void
    {
        foreach (range(1, 5) as $recency) {
            foreach (range(1, 5) as $frequency) {
                self::assertArrayHasKey(Segment::at($recency, $frequency), Catalogue::SEGMENTS);
            }
        }
    }

    public function testTheMapLinksEachCellToTheListOfItsSegment(): void
    {
        $document = $this->document(MapDrawing::draw('Accounts', [5 => [5 => 12]]));
        $cell = $document->getElementsByTagName('a')->item(4);

        self::assertSame(25, $document->getElementsByTagName('a')->length);
        self::assertSame(
            'index.php?module=Accounts&action=index&query=true&searchFormTab=advanced_search'
            . '&rfm_segment_c_advanced%5B0%5D=champions',
            $cell->getAttribute('href')
        );
        self::assertSame('Champions: 12 customers (recency 5, frequency 5)', $cell->getAttribute('title'));
    }

    public function testASingleCustomerIsWrittenInTheSingular(): void
    {
        self::assertStringContainsString('Champions: 1 customer (', MapDrawing::draw('Contacts', [5 => [5 => 1]]));
    }

    public function testTheMapSpeaksTheUsersLanguage(): void
    {
        $this->speak('fr_FR');
        $text = $this->document(MapDrawing::draw('Contacts', [5 => [5 => 1]]))->textContent;

        self::assertStringContainsString('Dernier achat', $text);
        self::assertStringContainsString("Sur le point de s'endormir", $text);
    }

    public function testAnEmptyMapSaysSoInWords(): void
    {
        self::assertStringContainsString('No customer here has been scored yet', MapDrawing::draw('Contacts', []));
    }

    public function testSegmentsStandInTheOrderOfTheirRank(): void
    {
        $html = SegmentsDrawing::draw('Contacts', ['lost' => 9, 'champions' => 1], null, '');

        self::assertLessThan(strpos($html, 'Lost'), strpos($html, 'Champions'));
    }

    public function testASegmentThatEmptiedSinceTheRunBeforeStillShowsItsChange(): void
    {
        $html = SegmentsDrawing::draw('Contacts', ['champions' => 3], ['champions' => 1, 'loyal' => 2], 'note');
        $text = $this->document($html)->textContent;

        self::assertStringContainsString('Champions3100%+2', $text);
        self::assertStringContainsString('Loyal00%−2', $text);
    }

    public function testWithoutARunBeforeThereIsNoColumnOfChange(): void
    {
        $html = SegmentsDrawing::draw('Contacts', ['champions' => 3], null, 'first run');

        self::assertStringNotContainsString('Change', $html);
        self::assertStringContainsString('first run', $html);
    }

    public function testNobodyScoredSaysSoInWords(): void
    {
        self::assertStringContainsString('No customer here has been scored yet', SegmentsDrawing::draw('Contacts', [], null, ''));
    }

    public function testRevenueAtRiskIsTheSumOfItsSegments(): void
    {
        $segments = [
            ['segment' => 'at_risk', 'customers' => 2, 'amount' => 1500.0],
            ['segment' => '', 'customers' => 1, 'amount' => 500.0],
        ];

        self::assertStringContainsString(
            '$2,000 with 3 customers at risk or lost',
            $this->document(RiskDrawing::draw('Contacts', 'Amount', $segments, []))->textContent
        );
    }

    public function testNamesOfCustomersAndSegmentsAreEscaped(): void
    {
        $GLOBALS['app_list_strings']['suitecrmbridge_segment']['at_risk'] = 'At <risk>';
        $segments = [['segment' => 'at_risk', 'customers' => 1, 'amount' => 1.0]];
        $top = [['id' => '"><x', 'segment' => 'at_risk', 'action' => 'call_now', 'amount' => 1.0, 'name' => '<script>alert(1)</script>']];
        $html = RiskDrawing::draw('Contacts', '<b>Amount', $segments, $top);

        self::assertStringNotContainsString('<script', $html);
        self::assertStringNotContainsString('<b>Amount', $html);
        self::assertStringNotContainsString('"><x', $html);
        self::assertStringContainsString('At &lt;risk&gt;', $html);
    }

    public function testAmountsOfZeroDrawNoBarAndDoNotFail(): void
    {
        $segments = [['segment' => 'at_risk', 'customers' => 1, 'amount' => 0.0]];

        self::assertStringContainsString('width="0.00%"', RiskDrawing::draw('Contacts', 'A', $segments, []));
    }

    public function testNobodyAtRiskSaysSoInWords(): void
    {
        self::assertStringContainsString('No customer is at risk or lost', RiskDrawing::draw('Contacts', 'A', [], []));
    }

    public function testMostComplaintsComeFirstAndTheRestIsSummedUp(): void
    {
        $complaints = [];
        foreach (range(1, 10) as $total) {
            $complaints["p$total"] = $this->line("Product $total", $total);
        }
        $html = ComplaintsDrawing::draw(self::MONTHS, $complaints);
        $rows = $this->rows($html);

        self::assertCount(10, $rows);
        self::assertSame('Product 10·1010', $rows[1]);
        self::assertSame('Other products·66', $rows[8]);
        self::assertSame('Total·5555', $rows[9]);
    }

    public function testTwelveMonthsStandCloseTogetherSoThatTheyFitHalfAPage(): void
    {
        $months = ComplaintsDrawing::draw(self::MONTHS, ['p' => $this->line('Product', 1)]);
        $other = Html::table([['Head', 'left']], [['cell']]);

        self::assertStringContainsString('padding:3px 2px;', $months);
        self::assertStringNotContainsString('padding:3px 5px;', $months);
        self::assertStringContainsString('padding:3px 5px;', $other);
    }

    public function testAProductsNameIsEscaped(): void
    {
        $html = ComplaintsDrawing::draw(self::MONTHS, ['p' => $this->line('<i onmouseover="x">', 1)]);

        self::assertStringNotContainsString('<i ', $html);
        self::assertStringNotContainsString('="x"', $html);
    }

    public function testNoComplaintSaysSoInWords(): void
    {
        self::assertStringContainsString('No complaint in the last twelve months', ComplaintsDrawing::draw(self::MONTHS, []));
    }

    public function testTextOnASegmentsColourReadsWell(): void
    {
        self::assertSame('#ffffff', Html::inkOn('#1a7f4b'));
        self::assertSame('#1f2933', Html::inkOn('#e8c547'));
    }

    public function testNothingIsDrawnWithScriptsOrForeignResources(): void
    {
        $html = MapDrawing::draw('Contacts', [1 => [1 => 1]])
            . SegmentsDrawing::draw('Contacts', ['lost' => 1], [], '')
            . ComplaintsDrawing::draw(self::MONTHS, ['p' => $this->line('P', 1)]);

        self::assertDoesNotMatchRegularExpression('/<script|javascript:|https?:|src=|@import|url\(/i', $html);
    }

    public function testOptionsAreSentTheWayTheHomePageExpects(): void
    {
        $select = ['name' => 'customers', 'label' => 'Who', 'value' => 'Accounts'];
        $select['choices'] = ['Contacts' => 'Contacts', 'Accounts' => '<Accounts>'];
        $html = OptionsForm::draw('id-1', 'Title', 'A "title"', [$select], 'Save');
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
    }

    private function line(string $name, int $count): array
    {
        return ['name' => $name, 'total' => $count, 'months' => ['2026-11' => $count]];
    }

    private function document(string $html): \DOMDocument
    {
        $document = new \DOMDocument();
        $document->loadHTML('<?xml encoding="UTF-8"><div>' . $html . '</div>', LIBXML_NOERROR);
        return $document;
    }

    /** @return string[] */
    private function rows(string $html): array
    {
        $rows = [];
        foreach ($this->document($html)->getElementsByTagName('tr') as $row) {
            $rows[] = $row->textContent;
        }
        return $rows;
    }
}
