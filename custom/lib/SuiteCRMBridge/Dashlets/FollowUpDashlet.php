<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\FollowUpDrawing;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\FollowUpQuery;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Table;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\TwoMonths;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Complaints that wait: how many, since when, of what, and whether there are more than last month. */
abstract class FollowUpDashlet extends BridgeDashlet
{
    private const LINES = 5;

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
        return FollowUpQuery::FIELDS;
    }

    protected function draw(Table $table): string
    {
        $field = Catalogue::FIELDS[$this->module()][Names::COMPLAINT_PRODUCT];
        $products = Table::ofModule($field['related_module']);
        $months = new TwoMonths(\DateTimeImmutable::createFromMutable(\TimeDate::getInstance()->getNow(true)));
        $oldest = [];
        foreach (FollowUpQuery::oldest($table, self::LINES) as $case) {
            $oldest[] = $case + ['days' => $months->daysSince($case['made'])];
        }
        return FollowUpDrawing::draw(
            $this->module(),
            FollowUpQuery::counts($table, $months),
            FollowUpQuery::products($table, $products, $months, self::LINES),
            $oldest
        );
    }
}
