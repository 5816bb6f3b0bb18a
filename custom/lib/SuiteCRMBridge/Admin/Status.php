<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Admin;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Routes;
use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\RoutesFile;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** How the package fares. */
final class Status
{
    /** @return string[] classes of the fast routes that cannot be loaded */
    public static function missingClasses(): array
    {
        return array_values(array_filter(Routes::classes(), static function (string $class) {
            return !class_exists($class);
        }));
    }

    public static function areRoutesRegistered(): bool
    {
        return RoutesFile::isInstalled();
    }

    public static function countFields(): int
    {
        return array_sum(array_map('count', Catalogue::FIELDS));
    }

    /** @return string[] fields of the catalogue that SuiteCRM does not have, with their module */
    public static function missingFields(): array
    {
        $missing = [];
        foreach (Catalogue::FIELDS as $module => $fields) {
            $bean = \BeanFactory::newBean($module);
            $columns = array_change_key_case($bean->db->get_columns($bean->get_custom_table_name()));
            foreach ($fields as $name => $field) {
                $isStored = $field['type'] === 'relate' || isset($columns[$name]);
                if (!$isStored || !isset($bean->field_defs[$name])) {
                    $missing[] = $module . '.' . $name;
                }
            }
        }
        return $missing;
    }
}
