<?php

namespace SuiteCRM\Custom\SuiteCRMBridge;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The package's texts in the language of the current user. */
final class Texts
{
    private const PREFIX = 'LBL_SUITECRMBRIDGE_';
    private const LISTS = 'suitecrmbridge_';

    /** @param array<string, mixed> $params values of the text's {placeholders} */
    public static function get(string $key, array $params = []): string
    {
        $strings = self::strings();
        $name = self::PREFIX . strtoupper($key);
        if (self::isSingular($params) && isset($strings[$name . '_ONE'])) {
            $name .= '_ONE';
        }
        $replacements = [];
        foreach ($params as $param => $value) {
            $replacements['{' . $param . '}'] = (string) $value;
        }
        return strtr($strings[$name] ?? $key, $replacements);
    }

    /** Label of a dropdown's value; an empty value has none. */
    public static function option(string $list, string $key): string
    {
        $lists = $GLOBALS['app_list_strings'] ?? null;
        $name = self::listName($list);
        if (!isset($lists[$name])) {
            $lists = return_app_list_strings_language(self::language());
        }
        return $lists[$name][$key] ?? $key;
    }

    /** Name of a dropdown of the catalogue in SuiteCRM. */
    public static function listName(string $list): string
    {
        return self::LISTS . $list;
    }

    public static function language(): string
    {
        return $GLOBALS['current_language'] ?? $GLOBALS['sugar_config']['default_language'] ?? 'en_us';
    }

    /** @return array<string, string> */
    private static function strings(): array
    {
        $strings = $GLOBALS['app_strings'] ?? [];
        if (isset($strings[self::PREFIX . 'PACKAGE'])) {
            return $strings;
        }
        return return_application_language(self::language());
    }

    private static function isSingular(array $params): bool
    {
        $count = $params['count'] ?? null;
        if (!is_numeric($count)) {
            return false;
        }
        $french = strncmp(self::language(), 'fr', 2) === 0;
        return (int) $count === 1 || ($french && (int) $count === 0);
    }
}
