<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\SegmentsDrawing;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\SegmentsQuery;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Table;
use SuiteCRM\Custom\SuiteCRMBridge\Runs;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Customers by segment with the change since the run before. */
abstract class SegmentsDashlet extends BridgeDashlet
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
        return SegmentsQuery::FIELDS;
    }

    protected function draw(Table $table): string
    {
        $counts = SegmentsQuery::run($table);
        // The runs count everybody's customers.
        if (!$table->isOpen()) {
            return SegmentsDrawing::draw($this->links(), $counts, null, Texts::get('dashlet_change_restricted'));
        }
        if ($table->isOwned()) {
            return SegmentsDrawing::draw($this->links(), $counts, null, Texts::get('dashlet_change_mine'));
        }
        $before = Runs::previousSegmentCounts($this->module());
        if ($before === []) {
            return SegmentsDrawing::draw($this->links(), $counts, null, Texts::get('dashlet_change_first'));
        }
        return SegmentsDrawing::draw($this->links(), $counts, $before, Texts::get('dashlet_change_note'));
    }
}
