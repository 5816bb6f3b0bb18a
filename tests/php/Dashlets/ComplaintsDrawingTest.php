<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\ComplaintsDrawing;

final class ComplaintsDrawingTest extends DashletCase
{
    public function testMostComplaintsComeFirstAndTheRestIsSummedUp(): void
    {
        $complaints = [];
        foreach (range(1, 10) as $total) {
            $complaints["p$total"] = $this->line("Product $total", $total);
        }
        $html = ComplaintsDrawing::draw($this->complaints(), self::MONTHS, $complaints);
        $rows = $this->rows($html);

        self::assertCount(10, $rows);
        self::assertSame('Product 1010·10', $rows[1]);
        self::assertSame('Other products6·6', $rows[8]);
        self::assertSame('Total55·55', $rows[9]);
    }

    public function testTheRestIsNotColouredForItIsManyProducts(): void
    {
        $complaints = ['p' => $this->line('Product', 3)];
        foreach (range(1, 20) as $number) {
            $complaints["q$number"] = $this->line("Other $number", 1);
        }
        $html = ComplaintsDrawing::draw($this->complaints(), self::MONTHS, $complaints);

        self::assertMatchesRegularExpression('/background:#c0392b;color:#ffffff"[^>]*>3</', $html);
        self::assertDoesNotMatchRegularExpression('/background:[^>]*>14</', $html);
    }

    public function testMonthsShareTheWidthThatIsThereAndTheTotalStandsBeforeThem(): void
    {
        $html = ComplaintsDrawing::draw($this->complaints(), self::MONTHS, ['p' => $this->line('Product', 1)]);

        self::assertStringContainsString('table-layout:fixed', $html);
        self::assertSame('ProductTotalOctNov', $this->rows($html)[0]);
    }

    public function testAProductsNameIsEscaped(): void
    {
        $html = ComplaintsDrawing::draw($this->complaints(), self::MONTHS, ['p' => $this->line('<i onmouseover="x">', 1)]);

        self::assertStringNotContainsString('<i ', $html);
        self::assertStringNotContainsString('="x"', $html);
    }

    public function testNoComplaintSaysSoInWords(): void
    {
        self::assertStringContainsString('No complaint in the last twelve months', ComplaintsDrawing::draw($this->complaints(), self::MONTHS, []));
    }
}
