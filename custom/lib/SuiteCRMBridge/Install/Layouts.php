<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The package's fields on SuiteCRM's screens, put there by Studio's own means. */
final class Layouts
{
    public static function install(): void
    {
        foreach (self::files() as $file) {
            $file->install();
        }
    }

    public static function uninstall(): void
    {
        foreach (self::files() as $file) {
            $file->uninstall();
        }
    }

    /** @return LayoutFile[] */
    private static function files(): array
    {
        require_once 'modules/ModuleBuilder/parsers/ParserFactory.php';
        require_once 'include/TemplateHandler/TemplateHandler.php';
        $files = [];
        foreach (Catalogue::SCREENS as $module => $screen) {
            $files[] = new LayoutFile($module, 'detailviewdefs', [
                new Panel($module, MB_DETAILVIEW, $screen['detail']),
            ]);
            $files[] = new LayoutFile($module, 'editviewdefs', [
                new Panel($module, MB_EDITVIEW, $screen['edit']),
            ]);
            $files[] = new LayoutFile($module, 'listviewdefs', [
                new Listing($module, MB_LISTVIEW, $screen['list'], false),
            ]);
            $files[] = new LayoutFile($module, 'searchdefs', [
                new Listing($module, MB_BASICSEARCH, $screen['search'], true),
                new Listing($module, MB_ADVANCEDSEARCH, $screen['search'], true),
            ]);
        }
        return $files;
    }
}
