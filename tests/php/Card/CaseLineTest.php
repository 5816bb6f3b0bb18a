<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Card;

use SuiteCRM\Custom\SuiteCRMBridge\Card\CaseLine;
use SuiteCRM\Custom\SuiteCRMBridge\Card\Drawing;
use SuiteCRM\Custom\SuiteCRMBridge\Card\Figures;

final class CaseLineTest extends CardCase
{
    private const CUSTOMER = ['module' => 'Contacts', 'id' => 'c1', 'name' => 'Anna <b>'];

    public function testTheLineSaysWhoComplainsWhatTheyAreWorthAndHowOftenTheyDid(): void
    {
        $card = $this->card(['complaint_count_c' => '3', 'complaint_open_c' => '2'] + self::LOYAL);
        $items = $this->items(['customer' => self::CUSTOMER, 'promise' => ['text' => 'target missed', 'late' => true]] + $card);

        self::assertSame([
            'Anna <b>',
            'Loyal',
            '$1,234 expected over the next 12 months',
            '3 complaints so far',
            'target missed',
        ], $items);
    }

    public function testWhatIsNotKnownIsLeftOut(): void
    {
        self::assertSame(['Anna <b>', 'Prospect'], $this->items(['customer' => self::CUSTOMER] + $this->card(self::PROSPECT)));
    }

    public function testTheNameLeadsToTheCustomer(): void
    {
        $html = Drawing::line(['customer' => self::CUSTOMER] + $this->card(self::LOYAL));

        self::assertStringContainsString('module=Contacts&amp;action=DetailView&amp;record=c1', $html);
        self::assertStringNotContainsString('<b>', $html);
    }

    public function testATargetThatWasMissedIsSaidAndOneThatWasNotIsNot(): void
    {
        self::assertTrue(CaseLine::promise(Figures::of(new CardBean(['sla_breached_c' => '1'])))['late']);
        self::assertNull(CaseLine::promise(Figures::of(new CardBean(['sla_breached_c' => '0']))));
    }

    public function testWhoMayNotViewTheCaseSeesNoLine(): void
    {
        $case = new CardBean(['account_id' => 'a1']);
        $case->mayView = false;

        self::assertNull(CaseLine::of($case));
    }

    /** @return string[] */
    private function items(array $line): array
    {
        $items = [];
        foreach ($this->document(Drawing::line($line))->getElementsByTagName('li') as $item) {
            $items[] = $item->textContent;
        }
        return $items;
    }
}
