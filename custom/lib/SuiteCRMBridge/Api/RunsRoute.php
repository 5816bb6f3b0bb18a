<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Marks;
use SuiteCRM\Custom\SuiteCRMBridge\Runs;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** POST runs: keeps what a run of the bridge did, for the administration page and the dashlets. */
final class RunsRoute implements Route
{
    public function answer(Request $request, Output $output): void
    {
        Access::checkCustomers();
        $run = $request->object(['started_at', 'finished_at', 'result', 'figures'], ['bridge']);
        Values::moment($run['started_at'], 'started_at');
        Values::moment($run['finished_at'], 'finished_at');
        if (!is_string($run['result']) || !preg_match('/\A[a-z_]{1,30}\z/', $run['result'])) {
            throw new Refusal('bad_result', [], 'result');
        }
        self::checkFigures($run['figures'], 'figures', true);
        if (mb_strlen(Output::json($run['figures']), 'UTF-8') > Limits::FIGURES) {
            throw new Refusal('long_figures', ['length' => Limits::FIGURES], 'figures');
        }
        $bridge = $run['bridge'] ?? null;
        if ($bridge !== null) {
            Claims::checkBridge($bridge);
        }
        unset($run['bridge']);
        (new Database())->transaction(static function () use ($run, $bridge) {
            Runs::record($run);
            if ($bridge === null) {
                Marks::disturb();
            }
        });
        $output->writeJson(['recorded' => true]);
    }

    /** @param mixed $figures */
    private static function checkFigures($figures, string $where, bool $nested): void
    {
        if (!is_array($figures)) {
            throw new Refusal('bad_figures', [], $where);
        }
        foreach ($figures as $name => $figure) {
            $at = $where . '.' . $name;
            if (!preg_match('/\A[A-Za-z_][A-Za-z0-9_]{0,59}\z/', (string) $name)) {
                throw new Refusal('bad_figures', [], $where);
            }
            if ($nested && is_array($figure)) {
                self::checkFigures($figure, $at, false);
            } elseif (!is_int($figure) && !is_float($figure) && !(is_string($figure) && mb_strlen($figure, 'UTF-8') <= Limits::FIGURE)) {
                throw new Refusal('bad_figures', [], $at);
            }
        }
    }
}
