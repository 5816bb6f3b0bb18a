<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The names of the catalogue that dashlets and workflows are about. */
final class Names
{
    public const SEGMENT = 'rfm_segment_c';
    public const RECENCY = 'rfm_recency_c';
    public const FREQUENCY = 'rfm_frequency_c';
    public const STANDING = 'standing_c';
    public const REASON = 'rfm_reason_c';
    public const LAST_PURCHASE = 'last_purchase_c';
    public const PURCHASES = 'purchase_total_c';
    public const LIFETIME_VALUE = 'clv_c';
    public const ACTION = 'next_action_c';
    public const ACTION_REASON = 'next_action_reason_c';
    public const ACTION_DUE = 'next_action_due_c';
    public const VALUE_AT_STAKE = 'value_at_stake_c';
    public const COMPLAINT = 'complaint_c';
    public const COMPLAINT_PRODUCT = 'complaint_product_c';
    public const BREACHED = 'sla_breached_c';
    public const WAITING = 'waiting_hours_c';
    /** SuiteCRM's own dropdown of a case's status. */
    public const STATUSES = 'case_status_dom';
    public const CUSTOMER_SEGMENT = 'customer_segment_c';

    public const BEST = 'best';
    public const ENDANGERED = 'endangered';

    /** @return string[] the segments whose role this is */
    public static function segments(string $role): array
    {
        return array_keys(array_filter(Catalogue::SEGMENTS, static function (array $segment) use ($role): bool {
            return ($segment['role'] ?? null) === $role;
        }));
    }

    /** @return string[] modules that have a field, in the catalogue's order */
    public static function modulesWith(string $field): array
    {
        $modules = [];
        foreach (Catalogue::FIELDS as $module => $fields) {
            if (isset($fields[$field])) {
                $modules[] = $module;
            }
        }
        return $modules;
    }

    /** Name of the dropdown of a field, the same in each module that has it. */
    public static function dropdown(string $field): string
    {
        $modules = self::modulesWith($field);
        return Catalogue::FIELDS[$modules[0]][$field]['dropdown'];
    }
}
