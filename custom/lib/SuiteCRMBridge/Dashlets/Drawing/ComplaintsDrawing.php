<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\ComplaintLinks;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Products;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Complaints as a table of products and months, the darker the more. */
final class ComplaintsDrawing
{
    private const LINES = 8;
    private const COLOUR = '#c0392b';

    /**
     * @param string[] $months as YYYY-MM, oldest first
     * @param array<string, array{name: string, total: int, months: array<string, int>}> $complaints
     */
    public static function draw(ComplaintLinks $links, array $months, array $complaints): string
    {
        if ($complaints === []) {
            return Html::note(Texts::get('dashlet_no_complaints'));
        }
        $lines = self::biggest($complaints);
        // The rest is many products: its sum would make each of them look pale.
        $single = array_diff_key($lines, [Products::OTHERS => 0]);
        $most = max(array_map('max', array_column($single, 'months')));
        $rows = [];
        foreach ($lines as $key => $line) {
            $key = (string) $key;
            $row = new ComplaintsRow($links, $key, self::name($key, $line['name']));
            $rows[] = $row->cells($months, $line, $key === Products::OTHERS ? 0 : $most, self::COLOUR);
        }
        $total = new ComplaintsRow($links, null, Texts::get('dashlet_total'));
        $rows[] = $total->cells($months, self::sum($lines, ''), 0, self::COLOUR);
        $first = [Texts::get('dashlet_product'), Texts::get('dashlet_total')];
        return Html::matrix($first, array_map([ComplaintsRow::class, 'month'], $months), $rows);
    }

    /** The products with most complaints; the rest in one line at the end. */
    private static function biggest(array $complaints): array
    {
        uasort($complaints, static function (array $one, array $other): int {
            return [$other['total'], $one['name']] <=> [$one['total'], $other['name']];
        });
        if (count($complaints) <= self::LINES) {
            return $complaints;
        }
        $lines = array_slice($complaints, 0, self::LINES - 1, true);
        $rest = array_slice($complaints, self::LINES - 1, null, true);
        $lines[Products::OTHERS] = self::sum($rest, '');
        return $lines;
    }

    private static function sum(array $lines, string $name): array
    {
        $sum = ['name' => $name, 'total' => 0, 'months' => []];
        foreach ($lines as $line) {
            $sum['total'] += $line['total'];
            foreach ($line['months'] as $month => $count) {
                $sum['months'][$month] = ($sum['months'][$month] ?? 0) + $count;
            }
        }
        return $sum;
    }

    private static function name(string $key, string $name): string
    {
        return $key === Products::OTHERS ? Texts::get('dashlet_other_products') : ProductName::of($key, $name);
    }
}
