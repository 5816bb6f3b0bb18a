<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Programmes;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** GET programmes: what administrators wish of programmes, and what the bridge called its last report. */
final class Wishes implements Route
{
    public function answer(Request $request, Output $output): void
    {
        Access::checkCustomers();
        $request->parameters([]);
        $wishes = [];
        foreach (Programmes::wishes() as $wish) {
            $wishes[] = [
                'programme' => $wish['programme'],
                'running' => $wish['running'],
                'by' => $wish['by'],
                // Not the moment itself, for the bridge has another clock.
                'seconds_ago' => max(0, time() - $wish['at']),
                'id' => $wish['id'],
            ];
        }
        $output->writeJson(['wishes' => $wishes, 'mark' => Programmes::mark()]);
    }
}
