<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\ComplaintsDrawing;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\ComplaintsQuery;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Months;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Table;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Complaints of the last twelve months by product and month. */
abstract class ComplaintsDashlet extends BridgeDashlet
{
    protected function choices(): array
    {
        return [];
    }

    protected function module(): string
    {
        return Names::modulesWith(Names::COMPLAINT)[0];
    }

    protected function fields(): array
    {
        return ComplaintsQuery::FIELDS;
    }

    protected function draw(Table $table): string
    {
        $field = Catalogue::FIELDS[$this->module()][Names::COMPLAINT_PRODUCT];
        $products = Table::ofModule($field['related_module']);
        $now = \DateTimeImmutable::createFromMutable(\TimeDate::getInstance()->getNow(true));
        $months = new Months($now);
        $links = new ComplaintLinks($this->links(), new Links($field['related_module']));
        return ComplaintsDrawing::draw($links, $months->keys(), ComplaintsQuery::run($table, $products, $months));
    }
}
