<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Card;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Panel;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The groups of the package's fields on a record of which none holds anything. */
final class Groups
{
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
     * What hides these groups; one into which an administrator has put a field of their own stays.
     *
     * @param array<string, string[]> $groups
     */
    public static function hidden(array $groups): string
    {
        $rules = '';
        foreach ($groups as $group => $fields) {
            $own = '[field="' . implode('"],[field="', $fields) . '"]';
            $rules .= '.panel:has(>[data-id="' . Panel::label($group) . "\"]):not(:has([field]:not($own))){display:none!important}";
        }
        return $rules === '' ? '' : "<style>$rules</style>";
    }
}
