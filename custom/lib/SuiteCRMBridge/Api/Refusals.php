<?php
// Made by scripts/generate.py from the catalogue; do not edit.

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What is refused, and how. */
final class Refusals
{
    /** HTTP status and code of each refusal. */
    public const ALL = [
        'bad_boolean' => [400, 'invalid_value'],
        'bad_card' => [400, 'invalid_value'],
        'bad_character' => [400, 'invalid_value'],
        'bad_columns' => [400, 'invalid_request'],
        'bad_date' => [400, 'invalid_value'],
        'bad_datetime' => [400, 'invalid_value'],
        'bad_decimal' => [400, 'invalid_value'],
        'bad_figures' => [400, 'invalid_value'],
        'bad_id' => [400, 'invalid_value'],
        'bad_integer' => [400, 'invalid_value'],
        'bad_key' => [400, 'invalid_value'],
        'bad_limit' => [400, 'invalid_request'],
        'bad_mark' => [400, 'invalid_value'],
        'bad_parameter' => [400, 'invalid_request'],
        'bad_programme' => [400, 'invalid_value'],
        'bad_result' => [400, 'invalid_value'],
        'bad_row' => [400, 'invalid_request'],
        'bad_text' => [400, 'invalid_value'],
        'failed' => [500, 'failed'],
        'long_figures' => [400, 'invalid_value'],
        'missing_key' => [400, 'invalid_request'],
        'missing_parameter' => [400, 'invalid_request'],
        'no_access' => [403, 'no_access'],
        'no_list' => [400, 'invalid_request'],
        'no_object' => [400, 'invalid_request'],
        'other_bridge' => [409, 'other_bridge'],
        'too_many_announced' => [400, 'too_many_rows'],
        'too_many_rows' => [400, 'too_many_rows'],
        'twice' => [400, 'invalid_request'],
        'unknown_column' => [400, 'unknown_column'],
        'unknown_key' => [400, 'invalid_request'],
        'unknown_link' => [404, 'unknown_link'],
        'unknown_list' => [404, 'unknown_list'],
        'unknown_member' => [400, 'invalid_value'],
        'unknown_module' => [404, 'unknown_module'],
        'unknown_parameter' => [400, 'invalid_request'],
        'user_inactive' => [403, 'user_inactive'],
    ];

    /** Why a row of scores was not written: what the text is called, by code. */
    public const ROWS = [
        'unknown_record' => 'unknown_record',
        'busy' => 'busy',
        'not_reached' => 'not_reached',
        'failed' => 'row_failed',
    ];
}
