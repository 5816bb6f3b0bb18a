<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Links;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Numbers;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Complaints that wait, in four figures, by product, and the oldest of them. */
final class FollowUpDrawing
{
    public const TASKS = 'Tasks';
    private const LATE = '#c0392b';

    /**
     * @param array<string, int> $counts open_now, breached, perhaps_waited, this_month, last_month, last_by_now
     * @param array<int, array<string, int|string>> $products product, name, open_now, this_month, last_month
     * @param array<int, array<string, int|string>> $oldest id, name, days, breached, segment
     * @param array<int, array<string, mixed>> $tasks id, name, due (as shown), late
     */
    public static function draw(
        string $module,
        array $counts,
        array $products,
        array $oldest,
        array $tasks
    ): string {
        if ($products === []) {
            return Html::note(Texts::get('dashlet_follow_up_none'));
        }
        return self::figures($counts)
            . self::waiting($counts['perhaps_waited'])
            . self::products($products)
            . self::oldest($module, $oldest)
            . self::tasks($tasks);
    }

    private static function figures(array $counts): string
    {
        $lines = [
            self::figure($counts['open_now'], 'dashlet_follow_up_open', ''),
            self::figure($counts['breached'], 'dashlet_follow_up_breached', $counts['breached'] ? self::LATE : ''),
            self::figure($counts['this_month'], 'dashlet_follow_up_new', ''),
            self::figure($counts['last_by_now'], 'dashlet_follow_up_before', ''),
        ];
        return '<div style="display:flex;flex-wrap:wrap;margin:0 -8px 8px">' . implode('', $lines) . '</div>';
    }

    /** Of how many it is not known whether the target passed while they waited for the customer. */
    private static function waiting(int $number): string
    {
        if ($number === 0) {
            return '';
        }
        $values = ['count' => $number, 'shown' => Numbers::whole($number)];
        return Html::note(Texts::get('dashlet_follow_up_waiting', $values));
    }

    private static function figure(int $number, string $label, string $colour): string
    {
        $ink = $colour === '' ? '' : ";color:$colour";
        return '<div style="flex:1 1 90px;padding:2px 8px">'
            . "<div style=\"font-size:22px;font-weight:600;line-height:1.2$ink\">"
            . Html::text(Numbers::whole($number)) . '</div>'
            . '<div style="opacity:.85">' . Html::text(Texts::get($label, ['count' => $number])) . '</div></div>';
    }

    private static function products(array $products): string
    {
        $rows = [];
        foreach ($products as $line) {
            $name = ProductName::of($line['product'], $line['name']);
            $row = [Html::text($name)];
            foreach (['open_now', 'this_month', 'last_month'] as $count) {
                $row[] = Html::text(Numbers::whole($line[$count]));
            }
            $rows[] = $row;
        }
        return Html::table([
            [Texts::get('dashlet_product'), 'left'],
            [Texts::get('dashlet_follow_up_open_head'), 'right'],
            [Texts::get('dashlet_follow_up_this_month'), 'right'],
            [Texts::get('dashlet_follow_up_last_month'), 'right'],
        ], $rows);
    }

    private static function oldest(string $module, array $oldest): string
    {
        if ($oldest === []) {
            return Html::note(Texts::get('dashlet_follow_up_none_open'));
        }
        $rows = [];
        foreach ($oldest as $case) {
            $name = trim((string) $case['name']) === '' ? (string) $case['id'] : (string) $case['name'];
            $rows[] = [
                Html::link(Links::record($module, (string) $case['id']), Html::text($name)),
                Html::text(Segment::label((string) $case['segment'])),
                self::age((int) $case['days'], (int) $case['breached'] === 1),
            ];
        }
        $columns = [
            [Texts::get('dashlet_follow_up_oldest'), 'left'],
            [Texts::get('dashlet_segment'), 'left'],
            [Texts::get('dashlet_follow_up_days'), 'right'],
        ];
        return '<div style="margin-top:10px">' . Html::table($columns, $rows) . '</div>';
    }

    private static function tasks(array $tasks): string
    {
        if ($tasks === []) {
            return '';
        }
        $rows = [];
        foreach ($tasks as $task) {
            $name = trim($task['name']) === '' ? $task['id'] : $task['name'];
            $due = Html::text($task['due']);
            $rows[] = [
                Html::link(Links::record(self::TASKS, $task['id']), Html::text($name)),
                $task['late'] ? '<b style="color:' . self::LATE . "\">$due</b>" : $due,
            ];
        }
        $columns = [
            [Texts::get('dashlet_follow_up_tasks'), 'left'],
            [Texts::get('dashlet_follow_up_due'), 'right'],
        ];
        return '<div style="margin-top:10px">' . Html::table($columns, $rows) . '</div>';
    }

    private static function age(int $days, bool $isLate): string
    {
        $shown = Html::text(Numbers::whole($days));
        if (!$isLate) {
            return $shown;
        }
        $hint = Html::text(Texts::get('dashlet_follow_up_late'));
        return "<b style=\"color:" . self::LATE . "\" title=\"$hint\" aria-label=\"$shown, $hint\">$shown</b>";
    }
}
