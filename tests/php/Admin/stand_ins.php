<?php

// Functions of SuiteCRM that the administration page calls, where no other test has defined them.

if (!function_exists('return_application_language')) {
    function return_application_language($language)
    {
        return $GLOBALS['bridge_test_strings'] ?? [];
    }
}

if (!function_exists('format_number')) {
    function format_number($number, $round = null, $decimals = null)
    {
        return number_format($number, $decimals ?? 0);
    }
}
