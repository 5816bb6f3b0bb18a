<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Addresses of SuiteCRM's own pages, not yet escaped. */
final class Links
{
    /** The list of a module's customers of one segment. */
    public static function segment(string $module, string $segment): string
    {
        return self::page($module, 'index', [
            'query' => 'true',
            'searchFormTab' => 'advanced_search',
            Names::SEGMENT . '_advanced' => [$segment],
        ]);
    }

    public static function record(string $module, string $id): string
    {
        return self::page($module, 'DetailView', ['record' => $id]);
    }

    private static function page(string $module, string $action, array $parameters): string
    {
        $all = ['module' => $module, 'action' => $action] + $parameters;
        return 'index.php?' . http_build_query($all, '', '&');
    }
}
