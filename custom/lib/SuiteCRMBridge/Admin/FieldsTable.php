<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Admin;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What each field of the package means: SuiteCRM 8 shows no help beside a field. */
final class FieldsTable
{
    public const STYLE = '
        .suitecrmbridge-card summary { cursor: pointer; margin-top: 10px; text-decoration: underline; }
    ';

    public static function draw(): string
    {
        $tables = '';
        $shown = [];
        foreach (Catalogue::FIELDS as $module => $fields) {
            $strings = return_module_language(Texts::language(), $module);
            $rows = [];
            foreach (array_diff_key($fields, $shown) as $field => $_) {
                $label = Texts::label($field);
                $rows[(string) ($strings[$label] ?? $field)] = Html::text((string) ($strings[$label . '_HELP'] ?? ''));
            }
            // Contacts and accounts have the same fields, which mean the same.
            $shown += $fields;
            $tables .= $rows === [] ? '' : Html::facts($rows);
        }
        return '<details><summary>' . Html::text(Texts::get('page_field_help')) . '</summary>' . $tables . '</details>';
    }
}
