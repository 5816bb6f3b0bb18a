<?php

namespace SuiteCRM\Custom\SuiteCRMBridge;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * The package's texts in each language that this SuiteCRM offers, for records whose text is stored once for all.
 *
 * They are read from the package's own files: SuiteCRM's cache of another language may still be an older version's.
 */
final class Spoken
{
    private const FILE = 'custom/Extension/application/Ext/Language/%s.suitecrmbridge.php';

    /** @return string[] in the same order for everybody; the reader's where SuiteCRM offers none that the package has */
    public static function languages(): array
    {
        $offered = array_intersect(Catalogue::LANGUAGES, array_keys($GLOBALS['sugar_config']['languages'] ?? []));
        $own = array_intersect(Catalogue::LANGUAGES, [Texts::language()]);
        return array_values($offered ?: $own ?: [Catalogue::LANGUAGES[0]]);
    }

    public static function text(string $language, string $key): string
    {
        return self::all($language)[Texts::label($key)] ?? Texts::get($key);
    }

    /** A text in each of the languages, one after the other. */
    public static function joined(string $key, string $between): string
    {
        $texts = array_map(static function (string $language) use ($key): string {
            return self::text($language, $key);
        }, self::languages());
        return implode($between, array_unique($texts));
    }

    /** @return array<string, string> */
    private static function all(string $language): array
    {
        $file = sprintf(self::FILE, $language);
        $app_strings = $app_list_strings = [];
        if (is_file($file)) {
            require $file;
        }
        return $app_strings;
    }
}
