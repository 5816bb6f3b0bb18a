<?php

// Enters the SuiteCRM in $folder as its administrator, whatever the screens would ask first, and says how much it holds.

chdir($folder);
define('sugarEntry', true);
$_SERVER['REQUEST_METHOD'] = 'GET';
error_reporting(0);
require 'include/entryPoint.php';
$GLOBALS['current_user'] = BeanFactory::getBean('Users', '1');
$GLOBALS['current_language'] = $GLOBALS['sugar_config']['default_language'];
$GLOBALS['app_strings'] = return_application_language($GLOBALS['current_language']);
$GLOBALS['app_list_strings'] = return_app_list_strings_language($GLOBALS['current_language']);
require_once 'custom/lib/SuiteCRMBridge/Card/function.php';

$database = DBManagerFactory::getInstance();
foreach (['contacts', 'suitecrmbridge_cards', 'suitecrmbridge_changes'] as $table) {
    echo $table, ': ', $database->getOne("SELECT count(*) FROM $table"), "\n";
}
