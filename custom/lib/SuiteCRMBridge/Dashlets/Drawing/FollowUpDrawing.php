<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\ComplaintLinks;
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

    /** @var ComplaintLinks */
    private $links;
    /** @var array<string, string[]> */
    private $days;

    /** @param array<string, string[]> $days first and last of this_month, last_month, last_by_now, as shown */
    public function __construct(ComplaintLinks $links, array $days)
    {
        $this->links = $links;
        $this->days = $days;
    }

    /**
     * @param array<string, int> $counts open_now, breached, perhaps_waited, this_month, last_month, last_by_now
     * @param array<int, array<string, int|string>> $products product, name, open_now, this_month, last_month
     * @param array<int, array<string, int|string>> $oldest id, number, name, days, breached, segment
     * @param array<int, array<string, mixed>> $tasks id, name, due (as shown), late
     */
    public function draw(array $counts, array $products, array $oldest, array $tasks): string
    {
        if ($products === []) {
            return Html::note(Texts::get('dashlet_follow_up_none'));
        }
        return $this->figures($counts)
            . self::waiting($counts['perhaps_waited'])
            . $this->products($products)
            . $this->oldest($oldest)
            . self::tasks($tasks);
    }

    private function figures(array $counts): string
    {
        $lines = [
            self::figure($counts['open_now'], 'dashlet_follow_up_open', $this->links->open()),
            self::figure($counts['breached'], 'dashlet_follow_up_breached', $this->links->late()),
            self::figure($counts['this_month'], 'dashlet_follow_up_new', $this->entered('this_month')),
            self::figure($counts['last_by_now'], 'dashlet_follow_up_before', $this->entered('last_by_now')),
        ];
        return '<div style="display:flex;flex-wrap:wrap;margin:0 -8px 8px">' . implode('', $lines) . '</div>';
    }

    private function entered(string $period): string
    {
        return $this->links->between(...$this->days[$period]);
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

    private static function figure(int $number, string $label, string $url): string
    {
        return '<div style="flex:1 1 90px;padding:2px 8px">'
            . '<div style="font-size:22px;font-weight:600;line-height:1.2">'
            . Html::leading($number === 0 ? '' : $url, Numbers::whole($number)) . '</div>'
            . '<div>' . Html::text(Texts::get($label, ['count' => $number])) . '</div></div>';
    }

    private function products(array $products): string
    {
        $rows = [];
        foreach ($products as $line) {
            $key = (string) $line['product'];
            $name = (string) $line['name'];
            $urls = ['open_now' => $this->links->openOf($key, $name)];
            foreach (['this_month', 'last_month'] as $period) {
                $urls[$period] = $this->links->ofBetween($key, $name, ...$this->days[$period]);
            }
            $row = [Html::leading($this->links->product($key), ProductName::of($key, $name))];
            foreach ($urls as $count => $url) {
                $row[] = Html::leading($line[$count] === 0 ? '' : $url, Numbers::whole($line[$count]));
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

    private function oldest(array $oldest): string
    {
        if ($oldest === []) {
            return Html::note(Texts::get('dashlet_follow_up_none_open'));
        }
        $rows = [];
        foreach ($oldest as $case) {
            $name = trim((string) $case['name']) === '' ? (string) $case['id'] : (string) $case['name'];
            // Many complaints have the same subject; the number tells them apart.
            $shown = Texts::get('dashlet_follow_up_case', ['number' => (string) $case['number'], 'subject' => $name]);
            $rows[] = [
                Html::link($this->links->record((string) $case['id']), Html::text($shown)),
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
                Html::link((new Links(self::TASKS))->record($task['id']), Html::text($name)),
                $task['late'] ? $due . Html::below(Html::badge(Texts::get('dashlet_follow_up_overdue'))) : $due,
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
        return $isLate ? $shown . Html::below(Html::badge(Texts::get('dashlet_follow_up_late'))) : $shown;
    }
}
