<?php

// Functions of SuiteCRM that the administration page calls, where no other test has defined them.

if (!function_exists('return_application_language')) {
    function return_application_language($language)
    {
        return $GLOBALS['bridge_test_strings'] ?? [];
    }
}
