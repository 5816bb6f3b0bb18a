<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Runs;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** POST runs: keeps what a run of the bridge did, for the administration page and the dashlets. */
final class RunsRoute implements Route
{
    private const LONGEST = 4000;

    public function answer(Request $request, Output $output): void
    {
        self::checkRights();
        $run = $request->object(['started_at', 'finished_at', 'result', 'figures']);
        Values::moment($run['started_at'], 'started_at');
        Values::moment($run['finished_at'], 'finished_at');
        if (!is_string($run['result']) || !preg_match('/\A[a-z_]{1,30}\z/', $run['result'])) {
            throw Refusal::value('route_bad_result', [], 'result');
        }
        self::checkFigures($run['figures'], 'figures', true);
        if (strlen(Output::json($run['figures'])) > self::LONGEST) {
            throw Refusal::value('route_long_figures', ['length' => self::LONGEST], 'figures');
        }
        (new Database())->transaction(static function () use ($run) {
            Runs::record($run);
        });
        $output->writeJson(['recorded' => true]);
    }

    private static function checkRights(): void
    {
        foreach (Writable::customers() as $module) {
            if (Access::mayWrite($module)) {
                return;
            }
        }
        throw Refusal::access(Writable::customers()[0]);
    }

    /** @param mixed $figures */
    private static function checkFigures($figures, string $where, bool $nested): void
    {
        if (!is_array($figures)) {
            throw Refusal::value('route_bad_figures', [], $where);
        }
        foreach ($figures as $name => $figure) {
            $at = $where . '.' . $name;
            if (!preg_match('/\A[A-Za-z_][A-Za-z0-9_]{0,59}\z/', (string) $name)) {
                throw Refusal::value('route_bad_figures', [], $where);
            }
            if ($nested && is_array($figure)) {
                self::checkFigures($figure, $at, false);
            } elseif (!is_int($figure) && !is_float($figure) && !(is_string($figure) && strlen($figure) <= 60)) {
                throw Refusal::value('route_bad_figures', [], $at);
            }
        }
    }
}
