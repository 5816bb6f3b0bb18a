<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * What SuiteCRM 8 makes, once for every page, of its own parts and of those of packages.
 *
 * It takes SuiteCRM many seconds, and the first page that finds none begins. One that began before files of the
 * package came or went would keep a container that every later page fails with, or in which the package is missing.
 * So whoever changes these files waits for those who are at it, and has the next ones wait: by the lock with which
 * SuiteCRM's pages wait for each other.
 */
final class CoreContainer
{
    private const KERNEL = 'core/backend/Kernel.php';
    private const LOCKS = 'cache/*/App_Kernel*Container.php.lock';
    /** Where SuiteCRM has made none yet. */
    private const USUAL = 'cache/prod/App_KernelProdContainer.php.lock';
    private const MADE = 'cache/*/App_Kernel*Container.php';
    /** Waits of a fifth of a second: some two minutes. Who takes longer is not waited for. */
    private const WAITS = 600;
    private const WAIT = 200000;
    /** For the page that somebody who was waited for has still to show, before SuiteCRM empties its caches. */
    private const GRACE = 75;

    /** @var array<string, resource> */
    private static $held = [];

    /** Wait for those who are at it, and have others wait until it is released, or this request has ended. */
    public static function hold(string $root, ?callable $wait = null): void
    {
        if (!is_file($root . self::KERNEL)) {
            return;
        }
        foreach (glob($root . self::LOCKS) ?: [$root . self::USUAL] as $path) {
            is_dir(dirname($path)) || @mkdir(dirname($path), 0775, true);
            $lock = @fopen($path, 'c');
            if ($lock !== false && self::taken($lock, $wait, self::GRACE)) {
                self::$held[$path] = $lock;
            }
        }
    }

    /** Take away what was made; SuiteCRM makes it anew once nobody holds it. */
    public static function drop(string $root): void
    {
        foreach (glob($root . self::MADE) ?: [] as $made) {
            @unlink($made);
            function_exists('opcache_invalidate') && @opcache_invalidate($made, true);
        }
    }

    /** Let those go on who wait: best when one of the others has made it, so that not each of them does. */
    public static function release(?callable $wait = null): void
    {
        foreach (self::$held as $path => $lock) {
            // SuiteCRM empties its caches, and this lock with them: who came later has a lock of their own.
            clearstatcache(true, $path);
            $later = is_file($path) ? @fopen($path, 'c') : false;
            if ($later !== false && fstat($later)['ino'] !== fstat($lock)['ino']) {
                self::taken($later, $wait, 0);
            }
            is_resource($later) && fclose($later);
            fclose($lock);
        }
        self::$held = [];
    }

    /** @param resource $lock */
    private static function taken($lock, ?callable $wait, int $grace): bool
    {
        $wait = $wait ?? static function (): void {
            usleep(self::WAIT);
        };
        for ($waits = 0; $waits < self::WAITS; $waits++) {
            if (flock($lock, LOCK_EX | LOCK_NB)) {
                for ($more = $waits === 0 ? 0 : $grace; $more > 0; $more--) {
                    $wait();
                }
                return true;
            }
            $wait();
        }
        $GLOBALS['log']->fatal('SuiteCRM Bridge: somebody has been making SuiteCRM\'s container for minutes');
        return false;
    }
}
