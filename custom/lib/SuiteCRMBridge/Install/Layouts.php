<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Offers\ShownColumns;
use SuiteCRM\Custom\SuiteCRMBridge\Platform;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The package's fields on SuiteCRM's screens, put there by Studio's own means. */
final class Layouts
{
    public static function install(): void
    {
        $files = self::files();
        foreach (array_keys(Catalogue::SCREENS) as $module) {
            self::refresh($module);
        }
        // Lists go back to what the package found: what an administrator had shown there is no change of theirs.
        ShownColumns::without(static function () use ($files): void {
            foreach ($files as $file) {
                $file->install();
            }
        });
    }

    public static function uninstall(): void
    {
        foreach (self::files() as $file) {
            $file->uninstall();
        }
    }

    /** SuiteCRM holds, to the end of the request, what it knew of a module before it had the fields. */
    private static function refresh(string $module): void
    {
        \VardefManager::loadVardef($module, \BeanFactory::getObjectName($module), true);
        $GLOBALS['reload_vardefs'] = true;
        $studio = \StudioModuleFactory::getStudioModule($module);
        $studio->seed = \BeanFactory::newBean($module);
        $studio->fields = $studio->seed->field_defs;
        unset($GLOBALS['reload_vardefs']);
    }

    /**
     * SuiteCRM 8 draws no field as HTML; it has the card in a sidebar of its own.
     *
     * @param array<string, mixed> $screen
     * @return View[]
     */
    private static function details(string $module, array $screen): array
    {
        $views = [new Panel($module, MB_DETAILVIEW, $screen['detail'])];
        foreach ($screen['groups'] as $group => $rows) {
            $views[] = new Panel($module, MB_DETAILVIEW, $rows, $group);
        }
        return Platform::isEight() || !$screen['card'] ? $views : array_merge($views, [new CardRow($module)]);
    }

    /** @return LayoutFile[] */
    private static function files(): array
    {
        require_once 'modules/ModuleBuilder/parsers/ParserFactory.php';
        require_once 'modules/ModuleBuilder/Module/StudioModuleFactory.php';
        require_once 'include/TemplateHandler/TemplateHandler.php';
        $files = [];
        foreach (Catalogue::SCREENS as $module => $screen) {
            $files[] = new LayoutFile($module, 'detailviewdefs', self::details($module, $screen));
            $files[] = new LayoutFile($module, 'editviewdefs', [
                new Panel($module, MB_EDITVIEW, $screen['edit']),
            ]);
            $files[] = new LayoutFile($module, 'listviewdefs', [
                new Listing($module, MB_LISTVIEW, $screen['list'], false),
            ]);
            $files[] = new LayoutFile($module, 'searchdefs', [
                new Listing($module, MB_BASICSEARCH, $screen['search'], true),
                new Listing($module, MB_ADVANCEDSEARCH, array_merge($screen['search'], $screen['advanced']), true),
            ]);
        }
        return $files;
    }
}
