<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;


if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** POST scores/{module}: writes the bridge's own fields. */
final class Scores implements Route
{
    private const CHUNK = 500;
    /** Seconds for which rows written in bulk wait for one that somebody else holds. */
    private const PATIENCE = 1;

    public function answer(Request $request, Output $output): void
    {
        $module = $request->name();
        $writable = Writable::columns($module);
        if ($writable === []) {
            throw new Refusal('unknown_module', ['name' => $module]);
        }
        $access = Access::writable($module);
        $body = $request->object(['columns', 'rows'], ['notify']);
        if (!is_bool($body['notify'] ?? true)) {
            throw new Refusal('bad_parameter', ['name' => 'notify'], 'notify');
        }
        $sheet = Sheet::read($body, $module, $writable);
        $database = new Database();
        $bean = \BeanFactory::newBean($module);
        self::checkPresent($module, $body['columns'], Present::definitions($database, $bean));
        $table = new ScoreTable($database, $bean, $writable, $access);
        $announcements = new Announcements($database, $table, $module, $writable);
        $plans = self::plans($sheet, $table, $body['notify'] ?? true);
        $answer = new ScoreAnswer();
        self::putAside($plans, $answer);
        // People who edit a record wait for what holds it: for many rows briefly, for announced ones one by one.
        self::writeBulk($plans, $sheet->columns, $database, $table, $answer);
        foreach ($plans as $plan) {
            foreach ($plan->announced as $id => $row) {
                $announcements->write((string) $id, $row, $answer);
            }
        }
        $output->writeJson($answer->toArray());
    }

    /**
     * @param string[] $names
     * @param array<string, array<string, mixed>> $definitions
     */
    private static function checkPresent(string $module, array $names, array $definitions): void
    {
        foreach ($names as $place => $name) {
            if ($name !== 'id' && !isset($definitions[$name])) {
                throw new Refusal('unknown_column', ['module' => $module, 'column' => $name], sprintf('columns[%d]', $place));
            }
        }
    }

    /** @return ScorePlan[] */
    private static function plans(Sheet $sheet, ScoreTable $table, bool $notify): array
    {
        $plans = [];
        $announced = 0;
        foreach (array_chunk($sheet->rows, self::CHUNK, true) as $wanted) {
            $plan = new ScorePlan($wanted, $table->stored($wanted, $sheet->columns), $notify);
            $announced += count($plan->announced);
            $plans[] = $plan;
        }
        if ($announced > Limits::ANNOUNCED) {
            throw new Refusal('too_many_announced', ['limit' => Limits::ANNOUNCED], 'rows');
        }
        return $plans;
    }

    /** @param ScorePlan[] $plans */
    private static function putAside(array $plans, ScoreAnswer $answer): void
    {
        foreach ($plans as $plan) {
            foreach ($plan->unchanged as $id) {
                $answer->unchanged($id);
            }
            foreach ($plan->unknown as $id) {
                $answer->unknown($id);
            }
        }
    }

    /**
     * @param ScorePlan[] $plans
     * @param string[] $columns
     */
    private static function writeBulk(
        array $plans,
        array $columns,
        Database $database,
        ScoreTable $table,
        ScoreAnswer $answer
    ): void {
        foreach ($plans as $plan) {
            $table->complete($plan->missing);
        }
        $bulk = array_filter(array_column($plans, 'bulk'));
        if ($bulk === []) {
            return;
        }
        try {
            self::put($bulk, $columns, $database, $table, $answer);
        } catch (Busy $busy) {
            // Whoever holds one row for long must not have people wait for all the others.
            foreach ($bulk as $rows) {
                foreach ($rows as $id => $row) {
                    self::putOne((string) $id, $row, $database, $table, $answer);
                }
            }
        }
    }

    /**
     * @param array<int, array<string, array<string, string|null>>> $parts
     * @param string[] $columns
     */
    private static function put(
        array $parts,
        array $columns,
        Database $database,
        ScoreTable $table,
        ScoreAnswer $answer
    ): void {
        $database->waitingAtMost(self::PATIENCE, static function () use ($parts, $columns, $database, $table): void {
            $database->transaction(static function () use ($parts, $columns, $table): void {
                foreach ($parts as $rows) {
                    $table->put($rows, $columns);
                }
            });
        });
        foreach ($parts as $rows) {
            foreach (array_keys($rows) as $id) {
                $answer->written((string) $id);
            }
        }
    }

    /** @param array<string, string|null> $row */
    private static function putOne(
        string $id,
        array $row,
        Database $database,
        ScoreTable $table,
        ScoreAnswer $answer
    ): void {
        try {
            self::put([[$id => $row]], array_keys($row), $database, $table, $answer);
        } catch (Busy $busy) {
            $answer->failed($id, 'busy');
        }
    }
}
