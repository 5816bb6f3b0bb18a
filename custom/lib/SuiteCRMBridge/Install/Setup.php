<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Addressing;
use SuiteCRM\Custom\SuiteCRMBridge\Cards;
use SuiteCRM\Custom\SuiteCRMBridge\Marks;
use SuiteCRM\Custom\SuiteCRMBridge\Offers\HomeTab;
use SuiteCRM\Custom\SuiteCRMBridge\Offers\SavedFilters;
use SuiteCRM\Custom\SuiteCRMBridge\Offers\ShownColumns;
use SuiteCRM\Custom\SuiteCRMBridge\Programmes;
use SuiteCRM\Custom\SuiteCRMBridge\Renaming;
use SuiteCRM\Custom\SuiteCRMBridge\Reports;
use SuiteCRM\Custom\SuiteCRMBridge\RoutesFile;
use SuiteCRM\Custom\SuiteCRMBridge\Runs;
use SuiteCRM\Custom\SuiteCRMBridge\Watch;
use SuiteCRM\Custom\SuiteCRMBridge\Workflows;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What installing does beyond copying files and adding fields, and what uninstalling undoes. */
final class Setup
{
    private const INSTALL = [
        [Statements::class, 'mayFail'],
        [History::class, 'replace'],
        [Marks::class, 'install'],
        [Indexes::class, 'create'],
        [Cards::class, 'install'],
        [Layouts::class, 'install'],
        [RoutesFile::class, 'install'],
        [Workflows::class, 'create'],
        [Reports::class, 'create'],
        [Watch::class, 'install'],
        // SuiteCRM keeps the labels that it had before, or had while the older version was taken away.
        [\LanguageManager::class, 'clearLanguageCache'],
    ];
    private const UNINSTALL = [
        [Statements::class, 'mayFail'],
        // Before the layouts, which know their files again by what the package made of them.
        [ShownColumns::class, 'off'],
        [SavedFilters::class, 'off'],
        [HomeTab::class, 'off'],
        [Layouts::class, 'uninstall'],
        [Indexes::class, 'remove'],
        [RoutesFile::class, 'remove'],
        [Renaming::class, 'off'],
        [Workflows::class, 'remove'],
        [Reports::class, 'remove'],
        [Watch::class, 'remove'],
        [Addressing::class, 'emptyLists'],
        [Cards::class, 'remove'],
        [Runs::class, 'forget'],
        [Programmes::class, 'forget'],
    ];

    /** @return string[] what went wrong; the other steps are done all the same */
    public static function install(string $tree): array
    {
        Files::remember($tree);
        return self::run(self::INSTALL);
    }

    /** @return string[] what went wrong; the other steps are done all the same */
    public static function uninstall(): array
    {
        return self::run(self::UNINSTALL);
    }

    /** @return string[] */
    private static function run(array $steps): array
    {
        $problems = [];
        foreach ($steps as [$class, $method]) {
            try {
                $class::$method();
            } catch (\Throwable $error) {
                $GLOBALS['log']->fatal("SuiteCRM Bridge: $class::$method: $error");
                $problems[] = $error->getMessage();
            }
        }
        return $problems;
    }
}
