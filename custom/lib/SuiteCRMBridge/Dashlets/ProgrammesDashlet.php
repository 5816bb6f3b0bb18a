<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\ProgrammesDrawing;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\ProgrammesQuery;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Table;
use SuiteCRM\Custom\SuiteCRMBridge\Programmes;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The programmes that run: how many are on their target lists, who waits, and what is known of their effect. */
abstract class ProgrammesDashlet extends BridgeDashlet
{
    private const RUNNING = 'running';

    protected function choices(): array
    {
        return [];
    }

    protected function module(): string
    {
        return ProgrammesDrawing::LISTS;
    }

    protected function fields(): array
    {
        return [];
    }

    protected function draw(Table $table): string
    {
        $programmes = array_filter(Programmes::told(), static function (array $programme): bool {
            return $programme['state'] === self::RUNNING;
        });
        $ids = array_column(array_merge([], ...array_column($programmes, 'lists')), 'id');
        $members = $ids === [] ? [] : ProgrammesQuery::run($table, $ids);
        // How many wait was counted over everybody, which this user may not know.
        return ProgrammesDrawing::draw(array_values($programmes), $members, $table->isComplete());
    }
}
