<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Card;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Panel;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What of the package's fields on a record holds nothing: whole groups, and single fields of the others. */
final class Groups
{
    private const BRIDGE = 'bridge';

    /** @return array<string, string[]> their fields by the name of the group */
    public static function empty(string $module, Figures $figures): array
    {
        $found = [];
        foreach (Catalogue::SCREENS[$module]['groups'] ?? [] as $group => $rows) {
            $fields = array_merge(...$rows);
            if (array_filter($fields, [$figures, 'holds']) === []) {
                $found[$group] = $fields;
            }
        }
        return $found;
    }

    /**
     * Those that only the bridge fills; one that people fill stays, or nobody could.
     *
     * @return string[] names of fields without a figure
     */
    public static function silent(string $module, Figures $figures): array
    {
        $screen = Catalogue::SCREENS[$module] ?? ['detail' => []];
        $rows = array_merge($screen['detail'], ...array_values($screen['groups'] ?? []));
        return array_values(array_filter(
            array_merge(...$rows),
            static function (string $field) use ($module, $figures): bool {
                $known = Catalogue::FIELDS[$module][$field] ?? ['writer' => '', 'type' => ''];
                $says = $known['type'] === 'bool' ? $figures->isTicked($field) : $figures->text($field) !== '';
                return $known['writer'] === self::BRIDGE && !$says;
            }
        ));
    }

    /**
     * What hides these groups; one into which an administrator has put a field of their own stays.
     *
     * @param array<string, string[]> $groups
     * @param string[] $silent fields that are hidden by themselves
     */
    public static function hidden(array $groups, array $silent = []): string
    {
        $rules = '';
        if ($silent !== []) {
            $rows = ':is([data-field="' . implode('"],[data-field="', $silent) . '"])';
            $rules .= ".detail-view-row-item$rows{display:none!important}"
                // The theme indents what stands second in a row.
                . "@media (min-width:768px){.detail-view-row-item$rows+.detail-view-row-item>.label{padding-left:8px}}";
        }
        foreach ($groups as $group => $fields) {
            $own = '[field="' . implode('"],[field="', $fields) . '"]';
            $rules .= '.panel:has(>[data-id="' . Panel::label($group) . "\"]):not(:has([field]:not($own))){display:none!important}";
        }
        return $rules === '' ? '' : "<style>$rules</style>";
    }
}
