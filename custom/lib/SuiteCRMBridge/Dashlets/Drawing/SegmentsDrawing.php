<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Links;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;
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
    public static function draw(Links $links, array $counts, ?array $before, string $note): string
    {
        if (array_sum($counts) === 0) {
            return Html::note(Texts::get('dashlet_no_scores'));
        }
        $customers = self::customers($counts);
        $total = array_sum($customers);
        $biggest = max(array_merge([1], array_values($customers)));
        $rows = [];
        $others = [];
        foreach (Segment::ranked() as $segment) {
            $count = $counts[$segment] ?? 0;
            $previous = $before[$segment] ?? 0;
            if ($count + $previous === 0) {
                continue;
            }
            $url = $count === 0 ? '' : $links->records([Names::SEGMENT => [$segment]]);
            $change = $before === null ? null : $count - $previous;
            if (Segment::isBeforeCustomers($segment)) {
                $others[] = self::row([Segment::name($segment, $url), ''], $count, $url, '', $change);
                continue;
            }
            $bar = Html::bar($count / $biggest, Segment::colour($segment));
            $share = Numbers::percent($count / max(1, $total));
            $rows[] = self::row([Segment::name($segment, $url), $bar], $count, $url, $share, $change);
        }
        $change = $before === null ? null : $total - array_sum(self::customers($before));
        $rows[] = self::bold(self::row([Html::text(Texts::get('dashlet_total')), ''], $total, '', '', $change));
        return Html::table(self::columns($before !== null), array_merge($rows, $others)) . Html::note($note);
    }

    /** Those who have bought, by segment: of the others, nobody has a share of the customers. */
    private static function customers(array $counts): array
    {
        return array_filter($counts, static function (string $segment): bool {
            return !Segment::isBeforeCustomers($segment);
        }, ARRAY_FILTER_USE_KEY);
    }

    /** @return array<int, array{0: string, 1: string}> */
    private static function columns(bool $withChange): array
    {
        $columns = [
            [Texts::get('dashlet_segment'), 'left', '34%'],
            ['', 'left'],
            [Texts::get('dashlet_customers_head'), 'right'],
            [Texts::get('dashlet_share'), 'right'],
        ];
        if ($withChange) {
            $columns[] = [Texts::get('dashlet_change'), 'right'];
        }
        return $columns;
    }

    /**
     * @param string[] $row first cells, already HTML
     * @return string[]
     */
    private static function row(array $row, int $count, string $url, string $share, ?int $change): array
    {
        $row[] = Html::leading($url, Numbers::whole($count));
        $row[] = Html::text($share);
        if ($change !== null) {
            $row[] = Html::text(Numbers::signed($change));
        }
        return $row;
    }

    /** @return string[] */
    private static function bold(array $row): array
    {
        return array_map(static function (string $cell): string {
            return $cell === '' ? '' : "<b>$cell</b>";
        }, $row);
    }
}
