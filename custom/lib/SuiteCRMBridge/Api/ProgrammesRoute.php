<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Programmes;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** POST programmes: keeps what the bridge tells of its programmes, for the administration page and the dashlet. */
final class ProgrammesRoute implements Route
{
    public function answer(Request $request, Output $output): void
    {
        Access::checkCustomers();
        $given = $request->object(['programmes', 'mark', 'done', 'bridge']);
        $programmes = ToldProgramme::each(Request::listOf($given, 'programmes'));
        $mark = Claims::mark($given['mark'], 'mark');
        $done = [];
        foreach (Request::listOf($given, 'done') as $place => $id) {
            $done[] = Claims::mark($id, "done[$place]");
        }
        Claims::checkBridge($given['bridge']);
        Programmes::tell($programmes, $mark, $done);
        $output->writeJson(['told' => count($programmes)]);
    }
}
