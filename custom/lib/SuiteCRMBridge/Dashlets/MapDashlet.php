<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\MapDrawing;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\MapQuery;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Table;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The RFM map. */
abstract class MapDashlet extends BridgeDashlet
{
    protected function choices(): array
    {
        return ['customers' => $this->moduleChoice(Names::SEGMENT)];
    }

    protected function module(): string
    {
        return $this->chosen('customers');
    }

    protected function fields(): array
    {
        return MapQuery::FIELDS;
    }

    protected function draw(Table $table): string
    {
        return MapDrawing::draw($this->links(), MapQuery::run($table));
    }
}
