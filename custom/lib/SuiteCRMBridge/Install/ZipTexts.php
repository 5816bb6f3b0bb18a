<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The package's texts while it lies in its zip: SuiteCRM has them only once it is installed. */
final class ZipTexts
{
    /** @param array<string, mixed> $params values of the text's {placeholders} */
    public static function get(string $tree, string $key, array $params): string
    {
        foreach (['en_us', Texts::language()] as $language) {
            $file = "$tree/Extension/application/Ext/Language/$language.suitecrmbridge.php";
            if (is_file($file)) {
                self::take($file);
            }
        }
        return Texts::get($key, $params);
    }

    private static function take(string $file): void
    {
        $app_strings = $app_list_strings = [];
        require $file;
        $GLOBALS['app_strings'] = $app_strings + ($GLOBALS['app_strings'] ?? []);
    }
}
