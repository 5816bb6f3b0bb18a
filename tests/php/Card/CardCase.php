<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Card;

use SuiteCRM\Custom\SuiteCRMBridge\Card\CustomerCard;
use SuiteCRM\Custom\SuiteCRMBridge\Card\Days;
use SuiteCRM\Custom\SuiteCRMBridge\Card\Figures;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\DashletCase;

/** Customers, and their cards as they are on one day. */
abstract class CardCase extends DashletCase
{
    protected const TODAY = '2026-11-27';
    protected const LOYAL = [
        'rfm_segment_c' => 'loyal',
        'rfm_recency_c' => '4',
        'rfm_frequency_c' => '5',
        'standing_c' => 'here',
        'lifecycle_c' => 'active',
        'churn_risk_c' => 'low',
        'next_action_c' => 'thank',
        'next_action_due_c' => '2026-12-01',
        'value_at_stake_c' => '0.00',
        'clv_c' => '1234.40',
        'purchase_count_c' => '12',
        'purchase_total_c' => '9876.00',
        'last_purchase_c' => '2026-11-20',
        'next_purchase_c' => '2026-12-10',
        'complaint_count_c' => '0',
        'complaint_open_c' => '0',
        'satisfaction_c' => null,
        'next_offer_c' => '',
        'programme_c' => null,
        'programme_since_c' => null,
        'review_flag_c' => '0',
        'fraud_c' => '0',
        'no_profiling_c' => '0',
        'do_not_call' => '0',
        'scored_at_c' => '2026-11-26',
    ];
    protected const LEAVING = [
        'rfm_segment_c' => 'at_risk',
        'rfm_recency_c' => '2',
        'rfm_frequency_c' => '4',
        'standing_c' => 'at_risk',
        'lifecycle_c' => 'at_risk',
        'churn_risk_c' => 'high',
        'next_action_c' => 'call_now',
        'next_action_due_c' => '2026-11-20',
        'value_at_stake_c' => '800.00',
        'last_purchase_c' => '2026-03-27',
        'next_purchase_c' => '2026-05-10',
    ] + self::LOYAL;
    protected const PROSPECT = [
        'rfm_segment_c' => 'prospect',
        'rfm_recency_c' => null,
        'rfm_frequency_c' => null,
        'standing_c' => 'prospect',
        'lifecycle_c' => 'prospect',
        'churn_risk_c' => null,
        'next_action_c' => 'develop',
        'clv_c' => null,
        'purchase_count_c' => '0',
        'purchase_total_c' => '0.00',
        'last_purchase_c' => null,
        'next_purchase_c' => null,
    ] + self::LOYAL;

    /**
     * @param array<string, string|null> $row
     * @param array<string, mixed> $told
     */
    protected function card(array $row, array $told = [], array $programmes = []): ?array
    {
        $figures = Figures::of(new CardBean($row));
        return CustomerCard::from($figures, Days::read(self::TODAY), $told, $programmes);
    }
}
