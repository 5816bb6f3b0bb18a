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
        $name = self::PREFIX . strtoupper($key);
        $strings = self::strings($name);
        if (self::isSingular($params) && isset($strings[$name . '_ONE'])) {
            $name .= '_ONE';
        }
        $replacements = [];
        foreach ($params as $param => $value) {
            $replacements['{' . $param . '}'] = (string) $value;
        }
        return strtr($strings[$name] ?? $key, $replacements);
    }

    /** A text in a language that need not be the current user's. */
    public static function in(string $language, string $key): string
    {
        $strings = return_application_language($language) ?: [];
        return $strings[self::PREFIX . strtoupper($key)] ?? $key;
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

    /** Key of a field's label in the language files of its module. */
    public static function label(string $field): string
    {
        return self::PREFIX . strtoupper(preg_replace('/_c$/', '', $field));
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
    private static function strings(string $name): array
    {
        $strings = $GLOBALS['app_strings'] ?? [];
        return isset($strings[$name]) ? $strings : (return_application_language(self::language()) ?: []);
    }

    private static function isSingular(array $params): bool
    {
        $count = $params['count'] ?? null;
        if (!is_numeric($count)) {
            return false;
        }
        $isFrench = strncmp(self::language(), 'fr', 2) === 0;
        return (int) $count === 1 || ($isFrench && (int) $count === 0);
    }
}
