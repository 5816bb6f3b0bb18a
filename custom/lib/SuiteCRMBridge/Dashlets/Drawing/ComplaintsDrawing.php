<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Numbers;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Complaints as a table of products and months, the darker the more. */
final class ComplaintsDrawing
{
    private const LINES = 8;
    private const OTHERS = '*';
    private const COLOUR = '#c0392b';
    /** Fourteen columns fit half a page only close together. */
    private const GAP = 2;

    /**
     * @param string[] $months as YYYY-MM, oldest first
     * @param array<string, array{name: string, total: int, months: array<string, int>}> $complaints
     */
    public static function draw(array $months, array $complaints): string
    {
        if ($complaints === []) {
            return Html::note(Texts::get('dashlet_no_complaints'));
        }
        $lines = self::biggest($complaints);
        $most = 1;
        foreach ($lines as $line) {
            $most = max($most, max($line['months']));
        }
        $rows = [];
        foreach ($lines as $key => $line) {
            $rows[] = self::row(self::name((string) $key, $line['name']), $line, $months, $most);
        }
        $total = self::sum($lines, '');
        $rows[] = self::row(Texts::get('dashlet_total'), $total, $months, PHP_INT_MAX);
        return Html::table(self::columns($months), $rows, self::GAP);
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
        $lines[self::OTHERS] = self::sum($rest, '');
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
        return $key === self::OTHERS ? Texts::get('dashlet_other_products') : ProductName::of($key, $name);
    }

    /** @return string[] */
    private static function row(string $name, array $line, array $months, int $most): array
    {
        $cells = [Html::text($name)];
        foreach ($months as $month) {
            $cells[] = self::cell($name, $month, $line['months'][$month] ?? 0, $most);
        }
        $cells[] = '<b>' . Html::text(Numbers::whole($line['total'])) . '</b>';
        return $cells;
    }

    private static function cell(string $name, string $month, int $count, int $most): string
    {
        if ($count === 0) {
            return '<span style="opacity:.35">·</span>';
        }
        $share = $count / $most;
        $background = vsprintf('rgba(%d,%d,%d,', sscanf(self::COLOUR, '#%02x%02x%02x'))
            . number_format(0.15 + 0.85 * $share, 2, '.', '') . ')';
        $ink = $share > 0.5 ? 'color:' . Html::inkOn(self::COLOUR) . ';' : '';
        $style = $most === PHP_INT_MAX ? 'font-weight:600' : "background:$background;$ink";
        $hint = Texts::get('dashlet_complaints_cell', [
            'product' => $name,
            'month' => self::month($month),
            'complaints' => Numbers::whole($count),
        ]);
        return '<span title="' . Html::text($hint) . '" style="display:block;padding:2px 4px;'
            . "border-radius:3px;$style\">" . Html::text(Numbers::whole($count)) . '</span>';
    }

    /** @return array<int, array{0: string, 1: string}> */
    private static function columns(array $months): array
    {
        $columns = [[Texts::get('dashlet_product'), 'left']];
        foreach ($months as $month) {
            $columns[] = [self::month($month), 'center'];
        }
        $columns[] = [Texts::get('dashlet_total'), 'right'];
        return $columns;
    }

    private static function month(string $month): string
    {
        $names = explode(' ', Texts::get('dashlet_months'));
        return $names[(int) substr($month, 5) - 1] ?? $month;
    }
}
