<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The bridge's own fields, the only ones that the routes write. */
final class Writable
{
    /** A change of it is saved as a record, so that audit, hooks and workflows see it. */
    public const SEGMENT = 'rfm_segment_c';

    /** @return array<string, array<string, mixed>> */
    public static function columns(string $module): array
    {
        return array_filter(Catalogue::FIELDS[$module] ?? [], static function (array $field) {
            return $field['writer'] === 'bridge';
        });
    }

    /** @return string[] modules whose records are customers */
    public static function customers(): array
    {
        return array_keys(array_filter(Catalogue::FIELDS, static function (array $fields) {
            return isset($fields[self::SEGMENT]);
        }));
    }
}
