<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

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
            throw Refusal::tooManyAnnounced(Limits::ANNOUNCED);
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
        if ($bulk !== []) {
            $database->transaction(static function () use ($bulk, $columns, $table): void {
                foreach ($bulk as $rows) {
                    $table->put($rows, $columns);
                }
            });
        }
        foreach ($bulk as $rows) {
            foreach (array_keys($rows) as $id) {
                $answer->written((string) $id);
            }
        }
    }
}
