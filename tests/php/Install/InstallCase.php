<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Install\StandIns\Database;

/** Runs each test in an empty folder that stands for SuiteCRM's, with a database in memory. */
abstract class InstallCase extends TestCase
{
    /** @var Database */
    protected $database;
    /** @var string */
    private $home;
    /** @var string */
    private $folder;

    protected function setUp(): void
    {
        require_once __DIR__ . '/StandIns/classes.php';
        $this->database = new Database();
        \DBManagerFactory::$database = $this->database;
        $this->home = getcwd();
        $this->folder = sys_get_temp_dir() . '/' . uniqid('bridge', true);
        mkdir($this->folder);
        chdir($this->folder);
    }

    protected function tearDown(): void
    {
        chdir($this->home);
        self::removeFolder($this->folder);
    }

    protected function put(string $path, string $text = '<?php'): void
    {
        if (!is_dir(dirname($path))) {
            mkdir(dirname($path), 0775, true);
        }
        file_put_contents($path, $text);
    }

    /** Files of SuiteCRM that the installer requires; where one is missing, PHP 7.4 ends there. */
    protected function putStudio(): void
    {
        $this->put('modules/ModuleBuilder/parsers/ParserFactory.php');
        $this->put('modules/ModuleBuilder/Module/StudioModuleFactory.php');
        $this->put('include/TemplateHandler/TemplateHandler.php');
    }

    /** @return string[] every file below the folder */
    protected function files(): array
    {
        $files = [];
        $all = new \RecursiveDirectoryIterator('.', \FilesystemIterator::SKIP_DOTS);
        foreach (new \RecursiveIteratorIterator($all) as $file) {
            $files[] = substr($file->getPathname(), 2);
        }
        sort($files);
        return $files;
    }

    private static function removeFolder(string $folder): void
    {
        foreach (array_diff(scandir($folder), ['.', '..']) as $name) {
            $path = $folder . '/' . $name;
            is_dir($path) ? self::removeFolder($path) : unlink($path);
        }
        rmdir($folder);
    }
}
