<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin;

use PHPUnit\Framework\TestCase;

/** Runs each test in an empty folder that stands for SuiteCRM's. */
abstract class FolderCase extends TestCase
{
    /** @var string */
    private $home;
    /** @var string */
    private $folder;

    protected function setUp(): void
    {
        require_once __DIR__ . '/stand_ins.php';
        $this->home = getcwd();
        $this->folder = sys_get_temp_dir() . '/' . uniqid('bridge', true);
        mkdir($this->folder);
        chdir($this->folder);
    }

    protected function tearDown(): void
    {
        chdir($this->home);
        self::remove($this->folder);
    }

    protected function put(string $path, string $text): void
    {
        if (!is_dir(dirname($path))) {
            mkdir(dirname($path), 0775, true);
        }
        file_put_contents($path, $text);
    }

    private static function remove(string $folder): void
    {
        foreach (array_diff(scandir($folder), ['.', '..']) as $name) {
            $path = $folder . '/' . $name;
            is_dir($path) ? self::remove($path) : unlink($path);
        }
        rmdir($folder);
    }
}
