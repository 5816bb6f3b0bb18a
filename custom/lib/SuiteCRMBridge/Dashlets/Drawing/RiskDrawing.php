<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Links;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Numbers;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What the customers who are at risk or lost are worth, by segment, and who to call first. */
final class RiskDrawing
{
    /**
     * @param string $total text of the sum, with its {amount} and {customers}
     * @param array<int, array{segment: string, customers: int, amount: float}> $segments
     * @param array<int, array<string, mixed>> $top id, segment, action, reason, amount, and what Person says
     */
    public static function draw(Links $links, string $total, string $amountLabel, array $segments, array $top): string
    {
        if ($segments === []) {
            return Html::note(Texts::get('dashlet_no_risk'));
        }
        return self::total($links, $total, $segments)
            . self::segments($links, $amountLabel, $segments)
            . CallList::draw($links, $amountLabel, $top);
    }

    private static function total(Links $links, string $text, array $segments): string
    {
        $count = (int) array_sum(array_column($segments, 'customers'));
        $amount = (float) array_sum(array_column($segments, 'amount'));
        $total = Texts::get($text, [
            'amount' => Numbers::amount($amount),
            'customers' => Texts::get('dashlet_customers', [
                'count' => $count,
                'customers' => Numbers::whole($count),
            ]),
        ]);
        return '<p style="margin:4px;font-size:16px;font-weight:600">'
            . Html::link($links->records(self::leaving()), Html::text($total)) . '</p>';
    }

    private static function segments(Links $links, string $amountLabel, array $segments): string
    {
        $biggest = max(array_column($segments, 'amount'));
        $rows = [];
        foreach ($segments as $line) {
            $share = $biggest > 0 ? $line['amount'] / $biggest : 0.0;
            // SuiteCRM's lists cannot be asked for what is empty.
            $url = $line['segment'] === ''
                ? ''
                : $links->records([Names::SEGMENT => [$line['segment']]] + self::leaving());
            $rows[] = [
                Segment::name($line['segment'], $url),
                Html::bar($share, Segment::colour($line['segment'])),
                Html::leading($url, Numbers::whole($line['customers'])),
                Html::leading($url, Numbers::amount($line['amount'])),
            ];
        }
        $columns = [
            [Texts::get('dashlet_segment'), 'left', '34%'],
            ['', 'left'],
            [Texts::get('dashlet_customers_head'), 'right'],
            [$amountLabel, 'right'],
        ];
        return Html::table($columns, $rows);
    }

    /** @return array<string, string[]> */
    private static function leaving(): array
    {
        return [Names::STANDING => Catalogue::LEAVING];
    }
}
