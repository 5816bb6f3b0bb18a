<?php

// The package's classes and the tests' own, found by their names as in SuiteCRM.

define('sugarEntry', true);
error_reporting(E_ALL);

spl_autoload_register(static function (string $class): void {
    $roots = [
        'SuiteCRM\\Custom\\SuiteCRMBridge\\Tests\\' => __DIR__ . '/',
        'SuiteCRM\\Custom\\' => __DIR__ . '/../../custom/lib/',
        'App\\Extension\\' => __DIR__ . '/../../custom/extensions/',
    ];
    foreach ($roots as $start => $folder) {
        if (strncmp($class, $start, strlen($start)) === 0) {
            $file = $folder . str_replace('\\', '/', substr($class, strlen($start))) . '.php';
            if (is_file($file)) {
                require $file;
            }
            return;
        }
    }
});

require __DIR__ . '/file_functions.php';
