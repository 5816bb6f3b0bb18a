<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** POST scores/{module}: writes the bridge's own fields. */
final class Scores implements Route
{
    private const CHUNK = 500;

    public function answer(Request $request, Output $output): void
    {
        $module = $request->name();
        $writable = Writable::columns($module);
        if ($writable === []) {
            throw Refusal::unknown('module', $module);
        }
        $access = Access::writable($module);
        $body = $request->object(['columns', 'rows'], ['notify']);
        if (!is_bool($body['notify'] ?? true)) {
            throw Refusal::request('route_bad_parameter', ['name' => 'notify'], 'notify');
        }
        $sheet = Sheet::read($body, $module, $writable);
        $database = new Database();
        $table = new ScoreTable($database, \BeanFactory::newBean($module), $writable, $access);
        $output->writeJson($database->transaction(static function () use ($module, $table, $sheet, $body) {
            return self::write($module, $table, $sheet, $body['notify'] ?? true);
        }));
    }

    /** @return array<string, mixed> */
    private static function write(string $module, ScoreTable $table, Sheet $sheet, bool $notify): array
    {
        $answer = ['written' => 0, 'unchanged' => 0, 'notified' => 0, 'rejected' => []];
        $notices = [];
        foreach (array_chunk($sheet->rows, self::CHUNK, true) as $wanted) {
            $stored = $table->stored($wanted, $sheet->columns);
            $plan = new ScorePlan($wanted, $stored, $notify);
            $table->put($plan->bulk(), $sheet->columns);
            $notices += $plan->notices();
            $answer['written'] += $plan->written();
            $answer['unchanged'] += $plan->unchanged();
            $answer['rejected'] = array_merge($answer['rejected'], self::rejected($plan->unknown()));
        }
        self::announce($module, $notices);
        // A save strips what looks like HTML from the other texts.
        foreach (array_chunk($notices, self::CHUNK, true) as $rows) {
            $table->put($rows, $sheet->columns);
        }
        $answer['notified'] = count($notices);
        return $answer;
    }

    /** @param array<string, array<string, string|null>> $rows */
    private static function announce(string $module, array $rows): void
    {
        // Saving a record takes SuiteCRM some hundredths of a second, too long for many in its usual limit.
        set_time_limit(0);
        foreach ($rows as $id => $row) {
            Notice::save($module, (string) $id, $row[Writable::SEGMENT]);
        }
    }

    /**
     * @param string[] $ids
     * @return array<int, array<string, string>>
     */
    private static function rejected(array $ids): array
    {
        $message = $ids === [] ? '' : Texts::get('route_unknown_record');
        return array_map(static function (string $id) use ($message) {
            return ['id' => $id, 'code' => 'unknown_record', 'message' => $message];
        }, $ids);
    }
}
