<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * The part of the package that SuiteCRM 8 keeps beside its legacy part.
 *
 * SuiteCRM copies and removes it by itself, and empties its caches then; version 7 has no such place.
 */
final class CoreExtension
{
    public const ROOT = '../../';
    private const KERNEL = 'core/backend/Kernel.php';
    private const FOLDER = 'extensions/suitecrmbridge';

    /**
     * Delete it whole, an older version's too, which SuiteCRM would else put back when it uninstalls.
     *
     * What SuiteCRM has made of it goes first: pages that find none wait for whoever holds it.
     */
    public static function remove(string $root = self::ROOT): void
    {
        if (!is_file($root . self::KERNEL) || !is_dir($root . self::FOLDER)) {
            return;
        }
        CoreContainer::drop($root);
        self::delete($root . self::FOLDER);
    }

    private static function delete(string $folder): void
    {
        $all = new \RecursiveIteratorIterator(
            new \RecursiveDirectoryIterator($folder, \FilesystemIterator::SKIP_DOTS),
            \RecursiveIteratorIterator::CHILD_FIRST
        );
        foreach ($all as $file) {
            $file->isDir() && !$file->isLink() ? rmdir($file->getPathname()) : unlink($file->getPathname());
        }
        rmdir($folder);
    }
}
