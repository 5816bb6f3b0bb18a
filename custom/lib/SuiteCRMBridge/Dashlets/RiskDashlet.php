<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\RiskDrawing;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\RiskQuery;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Table;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Who is at risk or lost, by segment, and who to call or win back first. */
abstract class RiskDashlet extends BridgeDashlet
{
    private const TOP = 5;

    protected function choices(): array
    {
        $amounts = array_combine(RiskQuery::AMOUNTS, [
            Texts::get('dashlet_risk_at_stake'),
            Texts::get('dashlet_risk_purchases'),
            Texts::get('dashlet_risk_lifetime_value'),
        ]);
        return [
            'customers' => $this->moduleChoice(Names::SEGMENT),
            'amount' => ['label' => Texts::get('dashlet_option_amount'), 'choices' => $amounts],
        ];
    }

    protected function module(): string
    {
        return $this->chosen('customers');
    }

    protected function fields(): array
    {
        return RiskQuery::FIELDS;
    }

    protected function draw(Table $table): string
    {
        $amount = $this->chosen('amount');
        $label = $this->choices()['amount']['choices'][$amount];
        $top = [];
        foreach (RiskQuery::top($table, $amount, self::TOP) as $customer) {
            $top[] = $customer + ['name' => $this->customerName($customer['id'])];
        }
        return RiskDrawing::draw($this->module(), $label, RiskQuery::run($table, $amount), $top);
    }

    /** The name as SuiteCRM writes it for this user (order of the names, titles). */
    private function customerName(string $id): string
    {
        $bean = \BeanFactory::getBean($this->module(), $id, ['encode' => false]);
        $name = $bean ? trim((string) $bean->get_summary_text()) : '';
        return $name === '' ? $id : $name;
    }
}
