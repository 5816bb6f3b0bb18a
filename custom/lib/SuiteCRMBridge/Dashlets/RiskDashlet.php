<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Person;
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
    private const AMOUNTS = [
        Names::VALUE_AT_STAKE => 'dashlet_risk_at_stake',
        Names::LIFETIME_VALUE => 'dashlet_risk_lifetime_value',
        Names::PURCHASES => 'dashlet_risk_purchases',
    ];

    protected function choices(): array
    {
        $amounts = array_map(static function (string $label): string {
            return Texts::get($label);
        }, self::AMOUNTS);
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
        $top = [];
        foreach (RiskQuery::top($table, $amount, self::TOP) as $customer) {
            $reason = Reason::of($this->module(), $customer['id'], $customer['action'], $customer['reason']);
            $top[] = ['reason' => $reason] + $customer + Person::of($this->module(), $customer['id']);
        }
        return RiskDrawing::draw(
            $this->links(),
            self::AMOUNTS[$amount] . '_total',
            Texts::get(self::AMOUNTS[$amount]),
            RiskQuery::run($table, $amount),
            $top
        );
    }
}
