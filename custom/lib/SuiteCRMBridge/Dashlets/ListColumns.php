<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Which columns a list shows, when it shows more than usual. */
final class ListColumns
{
    private const BETWEEN = '|';
    /** Behind these the first of the other columns come; SuiteCRM's names stand first. */
    private const FIRST = 1;

    /**
     * The list's usual columns with those of some fields behind the first, as SuiteCRM 7 takes them.
     *
     * @param string[] $fields
     * @return string empty where there is nothing to add, or nothing is known of the list
     */
    public static function with(string $module, array $fields): string
    {
        $known = self::known($module);
        $added = array_values(array_intersect(array_map('strtoupper', $fields), array_keys($known)));
        $usual = array_keys(array_filter($known, static function (array $column): bool {
            return !empty($column['default']);
        }));
        if (array_diff($added, $usual) === []) {
            return '';
        }
        $others = array_diff($usual, $added);
        return implode(self::BETWEEN, array_merge(
            array_slice($others, 0, self::FIRST),
            $added,
            array_slice($others, self::FIRST)
        ));
    }

    /** @return array<string, array> columns of a list by their names in capitals */
    private static function known(string $module): array
    {
        $listViewDefs = [];
        foreach (['custom/', ''] as $folder) {
            $file = "{$folder}modules/$module/metadata/listviewdefs.php";
            if (is_file($file)) {
                require $file;
                break;
            }
        }
        return $listViewDefs[$module] ?? [];
    }
}
