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

    /** @dataProvider promises */
    public function testThePromisedTimeIsSaidWithWhatIsLeftOfIt(array $row, string $now, ?array $promise): void
    {
        $figures = Figures::of(new CardBean($row));

        self::assertSame($promise, CaseLine::promise($figures, strtotime("$now UTC")));
    }

    public function promises(): array
    {
        $promised = ['promised_by_c' => '2026-11-30 10:00:00', 'sla_breached_c' => '1'];
        $told = static function (string $left): array {
            return ['text' => "resolution promised by time 2026-11-30 10:00:00, $left left", 'late' => false];
        };
        return [
            [$promised, '2026-11-27 10:00:00', $told('3 days')],
            [$promised, '2026-11-28 10:00:01', $told('47 hours')],
            [$promised, '2026-11-30 08:30:00', $told('1 hour')],
            [$promised, '2026-11-30 09:30:00', $told('less than an hour')],
            [$promised, '2026-11-30 10:00:00',
                ['text' => 'resolution was promised by time 2026-11-30 10:00:00', 'late' => true]],
            [['sla_breached_c' => '1'], '2026-11-30 10:00:00', ['text' => 'target missed', 'late' => true]],
            [['sla_breached_c' => '0', 'promised_by_c' => ''], '2026-11-30 10:00:00', null],
        ];
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
