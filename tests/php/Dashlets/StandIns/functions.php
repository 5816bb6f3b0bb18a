<?php

// Functions of SuiteCRM that dashlets and workflows call, where no other test has defined them.

if (!function_exists('format_number')) {
    function format_number($amount, $round = null, $decimals = null, $params = [])
    {
        return (empty($params['currency_symbol']) ? '' : '$') . number_format($amount, $decimals);
    }
}
if (!function_exists('currency_format_number')) {
    function currency_format_number($amount, $params = [])
    {
        return ($params['currency_id'] === '-99' ? '&#8364;' : '$') . number_format($amount, 2);
    }
}
if (!function_exists('translate')) {
    function translate($label, $module = '')
    {
        return $label;
    }
}
if (!function_exists('encodeMultienumValue')) {
    function encodeMultienumValue($values)
    {
        return '^' . implode('^,^', $values) . '^';
    }
}
if (!function_exists('sugar_cache_clear')) {
    function sugar_cache_clear($key)
    {
    }
}
if (!class_exists('TimeDate')) {
    require __DIR__ . '/../../Admin/time_date.php';
}
require_once __DIR__ . '/../../Admin/stand_ins.php';
