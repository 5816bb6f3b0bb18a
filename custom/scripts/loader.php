<?php

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Where the package's files lie while SuiteCRM installs or uninstalls them. */
function suitecrmbridge_tree(): string
{
    return dirname(__DIR__) . '/custom';
}

// Before the package is in place, and when it no longer is, its classes come from the zip; so they do while an
// older version is still there, for what that one knows of fields is no longer true.
spl_autoload_register(static function (string $class): void {
    $start = 'SuiteCRM\\Custom\\';
    $file = suitecrmbridge_tree() . '/lib/' . str_replace('\\', '/', substr($class, strlen($start))) . '.php';
    if (strpos($class, $start . 'SuiteCRMBridge\\') === 0 && is_file($file)) {
        require $file;
    }
}, true, true);
