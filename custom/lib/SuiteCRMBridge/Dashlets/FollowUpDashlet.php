<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\FollowUpDrawing;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\FollowUpQuery;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Table;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\TasksQuery;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\TwoMonths;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Complaints that wait: how many, since when, of what, and whether there are more than last month. */
abstract class FollowUpDashlet extends BridgeDashlet
{
    private const LINES = 5;

    protected function choices(): array
    {
        return [];
    }

    protected function module(): string
    {
        return Names::modulesWith(Names::COMPLAINT)[0];
    }

    protected function fields(): array
    {
        return FollowUpQuery::FIELDS;
    }

    protected function draw(Table $table): string
    {
        $field = Catalogue::FIELDS[$this->module()][Names::COMPLAINT_PRODUCT];
        $products = Table::ofModule($field['related_module']);
        $months = new TwoMonths(\DateTimeImmutable::createFromMutable(\TimeDate::getInstance()->getNow(true)));
        $oldest = [];
        foreach (FollowUpQuery::oldest($table, self::LINES) as $case) {
            $oldest[] = $case + ['days' => $months->daysSince($case['made'])];
        }
        $links = new ComplaintLinks($this->links(), new Links($field['related_module']));
        $days = array_map(static function (array $period): array {
            return array_map([Numbers::class, 'day'], $period);
        }, $months->days());
        return (new FollowUpDrawing($links, $days))->draw(
            FollowUpQuery::counts($table, $months),
            FollowUpQuery::products($table, $products, $months, self::LINES),
            $oldest,
            $this->tasks($table)
        );
    }

    /** @return array<int, array<string, mixed>> none where the user may not list tasks */
    private function tasks(Table $cases): array
    {
        $tasks = Table::ofModule(FollowUpDrawing::TASKS);
        if (!$tasks->isAllowed()) {
            return [];
        }
        $time = \TimeDate::getInstance();
        $shown = [];
        foreach (TasksQuery::latest($tasks, $cases, $this->module(), self::LINES) as $task) {
            $due = (string) $task['due'];
            $shown[] = [
                'id' => $task['id'],
                'name' => (string) $task['name'],
                'due' => $due === '' ? '' : (string) $time->to_display_date_time($due),
                'late' => $due !== '' && $due < $time->nowDb(),
            ];
        }
        return $shown;
    }
}
