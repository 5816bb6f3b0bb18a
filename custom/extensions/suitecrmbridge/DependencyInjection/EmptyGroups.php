<?php

namespace App\Extension\suitecrmbridge\DependencyInjection;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Panel;

/** Has SuiteCRM 8 leave out the groups of the bridge's fields that say nothing of a record. */
final class EmptyGroups
{
    /** How a record holds a field that says nothing. */
    private const NOTHING = ['', '0', '0.00', '0.0000', 'false'];
    private const KEY = 'suitecrmbridge';

    /** A group into which an administrator has put a field of their own stays as it is. */
    public static function hidden(array $viewDefs, string $module): array
    {
        foreach (Catalogue::SCREENS[$module]['groups'] ?? [] as $group => $rows) {
            $panel = Panel::label($group);
            $own = array_merge(...$rows);
            $found = self::fields($viewDefs['panels'][$panel] ?? []);
            if ($found === [] || array_diff($found, $own) !== [] || !isset($viewDefs['templateMeta']['tabDefs'][$panel])) {
                continue;
            }
            $viewDefs['templateMeta']['tabDefs'][$panel]['displayLogic'][self::KEY] = [
                'key' => 'displayType',
                'modes' => ['detail'],
                'params' => [
                    'fieldDependencies' => $found,
                    'activeOnFields' => array_fill_keys($found, self::NOTHING),
                ],
            ];
        }
        return $viewDefs;
    }

    /** @return string[] */
    private static function fields(array $rows): array
    {
        $names = [];
        foreach ($rows as $row) {
            foreach ((array) $row as $cell) {
                $name = is_array($cell) ? ($cell['name'] ?? $cell['field']['name'] ?? '') : $cell;
                $names[] = (string) $name;
            }
        }
        return array_values(array_diff($names, ['', '(empty)', '(filler)']));
    }
}
