<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Numbers;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Customers by segment as bars, with the change since the run before. */
final class SegmentsDrawing
{
    /**
     * @param array<string, int> $counts
     * @param array<string, int>|null $before counts at the run before; null where none may be shown
     */
    public static function draw(string $module, array $counts, ?array $before, string $note): string
    {
        $total = array_sum($counts);
        if ($total === 0) {
            return Html::note(Texts::get('dashlet_no_scores'));
        }
        $biggest = max($counts);
        $rows = [];
        foreach (Segment::ranked() as $segment) {
            $count = $counts[$segment] ?? 0;
            $previous = $before[$segment] ?? 0;
            if ($count + $previous === 0) {
                continue;
            }
            $row = [
                Segment::name($module, $segment),
                Html::bar($count / $biggest, Segment::colour($segment)),
            ];
            $rows[] = array_merge($row, self::figures($count, $total, $before === null ? null : $previous));
        }
        $rows[] = self::totalRow($total, $before);
        return Html::table(self::columns($before !== null), $rows) . Html::note($note);
    }

    /** @return array<int, array{0: string, 1: string}> */
    private static function columns(bool $withChange): array
    {
        $columns = [
            [Texts::get('dashlet_segment'), 'left'],
            ['', 'left'],
            [Texts::get('dashlet_customers_head'), 'right'],
            [Texts::get('dashlet_share'), 'right'],
        ];
        if ($withChange) {
            $columns[] = [Texts::get('dashlet_change'), 'right'];
        }
        return $columns;
    }

    /** @return string[] */
    private static function figures(int $count, int $total, ?int $previous): array
    {
        $figures = [
            Html::text(Numbers::whole($count)),
            Html::text(Numbers::percent($count / $total)),
        ];
        if ($previous !== null) {
            $figures[] = Html::text(Numbers::signed($count - $previous));
        }
        return $figures;
    }

    /** @return string[] */
    private static function totalRow(int $total, ?array $before): array
    {
        $figures = self::figures($total, $total, $before === null ? null : array_sum($before));
        $row = ['<b>' . Html::text(Texts::get('dashlet_total')) . '</b>', ''];
        foreach ($figures as $figure) {
            $row[] = "<b>$figure</b>";
        }
        return $row;
    }
}
