<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing;

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
     * @param array<int, array{segment: string, customers: int, amount: float}> $segments
     * @param array<int, array{id: string, segment: string, action: string, amount: float, name: string}> $top
     */
    public static function draw(string $module, string $amountLabel, array $segments, array $top): string
    {
        if ($segments === []) {
            return Html::note(Texts::get('dashlet_no_risk'));
        }
        return self::total($segments)
            . self::segments($module, $amountLabel, $segments)
            . self::top($module, $amountLabel, $top);
    }

    private static function total(array $segments): string
    {
        $count = (int) array_sum(array_column($segments, 'customers'));
        $amount = (float) array_sum(array_column($segments, 'amount'));
        $text = Texts::get('dashlet_risk_total', [
            'amount' => Numbers::amount($amount),
            'customers' => self::customers($count),
        ]);
        return '<p style="margin:4px;font-size:16px;font-weight:600">' . Html::text($text) . '</p>';
    }

    private static function segments(string $module, string $amountLabel, array $segments): string
    {
        $biggest = max(array_column($segments, 'amount'));
        $rows = [];
        foreach ($segments as $line) {
            $share = $biggest > 0 ? $line['amount'] / $biggest : 0.0;
            $rows[] = [
                Segment::name($module, $line['segment']),
                Html::bar($share, Segment::colour($line['segment'])),
                Html::text(Numbers::whole($line['customers'])),
                Html::text(Numbers::amount($line['amount'])),
            ];
        }
        $columns = [
            [Texts::get('dashlet_segment'), 'left'],
            ['', 'left'],
            [Texts::get('dashlet_customers_head'), 'right'],
            [$amountLabel, 'right'],
        ];
        return Html::table($columns, $rows);
    }

    private static function top(string $module, string $amountLabel, array $top): string
    {
        if ($top === []) {
            return '';
        }
        $rows = [];
        foreach ($top as $customer) {
            $rows[] = [
                Html::link(Links::record($module, $customer['id']), Html::text($customer['name'])),
                Html::text(Texts::option(Names::dropdown(Names::ACTION), $customer['action'])),
                Html::text(Segment::label($customer['segment'])),
                Html::text(Numbers::amount($customer['amount'])),
            ];
        }
        $columns = [
            [Texts::get('dashlet_risk_top'), 'left'],
            [Texts::get('dashlet_action'), 'left'],
            [Texts::get('dashlet_segment'), 'left'],
            [$amountLabel, 'right'],
        ];
        return '<div style="margin-top:10px">' . Html::table($columns, $rows) . '</div>';
    }

    private static function customers(int $count): string
    {
        return Texts::get('dashlet_customers', ['count' => $count, 'customers' => Numbers::whole($count)]);
    }
}
