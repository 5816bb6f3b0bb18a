<?php

namespace SuiteCRM\Custom\SuiteCRMBridge;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Writes a file as SuiteCRM writes its own, with the rights that its configuration demands. */
final class WrittenFile
{
    /** A request that comes meanwhile finds the old file or the new one, never half of one. */
    public static function write(string $path, string $source): void
    {
        self::makeFolder(dirname($path));
        $draft = $path . '.' . uniqid('', true);
        // First the rights, then the content: nobody reads in between who may not read it.
        $written = sugar_touch($draft) && @file_put_contents($draft, $source) === strlen($source);
        if (!$written || !@rename($draft, $path)) {
            @unlink($draft);
            throw new \RuntimeException(Texts::get('page_unwritable', ['path' => $path]));
        }
        self::invalidate($path);
    }

    /** Let PHP read the file anew. */
    public static function invalidate(string $path): void
    {
        if (function_exists('opcache_invalidate')) {
            opcache_invalidate($path, true);
        }
    }

    private static function makeFolder(string $folder): void
    {
        if (is_dir($folder)) {
            return;
        }
        self::makeFolder(dirname($folder));
        if (!sugar_mkdir($folder) && !is_dir($folder)) {
            throw new \RuntimeException(Texts::get('page_unwritable', ['path' => $folder]));
        }
    }
}
