<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Lists;

use SuiteCRM\Custom\SuiteCRMBridge\Admin\Html;
use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** By what a list is filtered, in words, where a field of the package is among it: SuiteCRM 7 does not say. */
final class FilterNote
{
    private const SUFFIXES = ['advanced_search' => '_advanced', 'basic_search' => '_basic'];
    private const OWNER = 'assigned_user_id';
    /** The note stands where SuiteCRM lets it be drawn, below the list; where scripts run, above it. */
    private const RAISE = '<script>(function(){var n=document.getElementById("suitecrmbridge-filter"),'
        . 't=document.querySelector(".moduleTitle");if(n&&t){t.parentNode.insertBefore(n,t.nextSibling)}})()</script>';

    /** @param array<string, mixed> $request that of the list */
    public static function draw(string $module, array $request): string
    {
        $tab = $request['searchFormTab'] ?? '';
        $suffix = is_string($tab) ? self::SUFFIXES[$tab] ?? '' : '';
        $ours = Catalogue::FIELDS[$module] ?? [];
        $searched = $suffix === '' ? [] : self::searched($request, $suffix);
        if (array_intersect_key($searched, $ours) === []) {
            return '';
        }
        $parts = self::parts(\BeanFactory::newBean($module)->field_defs, $module, $searched);
        $all = 'index.php?' . http_build_query(
            ['module' => $module, 'action' => 'index', 'query' => 'true', 'clear_query' => 'true', 'searchFormTab' => $tab],
            '',
            '&'
        );
        return '<p id="suitecrmbridge-filter" style="margin:0 20px 10px">'
            . Html::text(Texts::get('list_filter', ['filter' => implode(' · ', $parts)]))
            . ' <a style="color:inherit;text-decoration:underline" href="' . Html::text($all) . '">'
            . Html::text(Texts::get('list_filter_clear')) . '</a></p>' . self::RAISE;
    }

    /** @return array<string, string[]> what is to be found by field */
    private static function searched(array $request, string $suffix): array
    {
        $found = [];
        foreach ($request as $name => $value) {
            $name = (string) $name;
            $values = array_filter(array_map('strval', array_filter((array) $value, 'is_scalar')), 'strlen');
            $isField = substr($name, -strlen($suffix)) === $suffix && strpos($name, 'range_') === false;
            if ($isField && $values !== []) {
                $found[substr($name, 0, -strlen($suffix))] = array_values($values);
            }
        }
        return $found;
    }

    /** @return string[] */
    private static function parts(array $known, string $module, array $searched): array
    {
        $parts = [];
        foreach ($searched as $field => $values) {
            $definition = $known[$field] ?? [];
            $type = $definition['type'] ?? '';
            $isBox = $type === 'bool';
            // The id of a record says nothing; its name is searched with it.
            if ($definition === [] || ($type === 'id' && $field !== self::OWNER) || ($isBox && !self::isTicked($values[0]))) {
                continue;
            }
            $label = rtrim((string) translate($definition['vname'] ?? $field, $module), ' :');
            $shown = implode(', ', self::named($field, $definition, $values));
            $parts[] = $isBox ? $label : Texts::get('page_pair', ['name' => $label, 'value' => $shown]);
        }
        return $parts;
    }

    /** @return string[] */
    private static function named(string $field, array $definition, array $values): array
    {
        $options = $GLOBALS['app_list_strings'][$definition['options'] ?? ''] ?? [];
        return array_map(static function (string $value) use ($field, $options): string {
            $name = $field === self::OWNER ? get_assigned_user_name($value) : $options[$value] ?? $value;
            return html_entity_decode((string) $name, ENT_QUOTES, 'UTF-8');
        }, $values);
    }

    private static function isTicked(string $value): bool
    {
        return in_array($value, ['1', 'on', 'true'], true);
    }
}
