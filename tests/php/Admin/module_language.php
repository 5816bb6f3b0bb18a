<?php

/** The package's English texts of a module, as SuiteCRM gives them. */
function return_module_language(string $language, string $module): array
{
    $mod_strings = [];
    require __DIR__ . "/../../../custom/Extension/modules/$module/Ext/Language/en_us.suitecrmbridge.php";
    return $mod_strings;
}
