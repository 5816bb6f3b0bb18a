<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * Fields that SuiteCRM has under the name of one of the package's, and that somebody else made.
 *
 * SuiteCRM's installer would take them over without a word, with what people have put in.
 */
final class Strangers
{
    private const TEXT = 'foreign_fields';

    /** End the installation, before anything is changed, where there is such a field. */
    public static function refuse(string $tree): void
    {
        $strangers = self::found();
        if ($strangers !== []) {
            $said = ['fields' => implode(', ', $strangers)];
            sugar_die(htmlspecialchars(ZipTexts::get($tree, self::TEXT, $said), ENT_QUOTES, 'UTF-8'));
        }
    }

    /** @return string[] as "Contacts: name_c" */
    public static function found(): array
    {
        $found = [];
        foreach (Catalogue::FIELDS as $module => $fields) {
            $known = \BeanFactory::newBean($module)->field_defs ?? [];
            $names = array_merge(array_keys($fields), array_column($fields, 'id_name'));
            foreach ($names as $name) {
                if (self::isForeign($known[$name] ?? [], $name)) {
                    $found[] = "$module: $name";
                }
            }
        }
        return $found;
    }

    /** What the package adds to a field alone, such as that nobody may edit it, has no type. */
    private static function isForeign(array $definition, string $name): bool
    {
        return isset($definition['type']) && ($definition['vname'] ?? '') !== Texts::label($name);
    }
}
