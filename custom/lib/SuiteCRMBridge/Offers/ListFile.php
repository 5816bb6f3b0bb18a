<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Offers;

use SuiteCRM\Custom\SuiteCRMBridge\WrittenFile;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The columns of a module's list, in the file that Studio writes. */
final class ListFile
{
    private const LIST = 'listViewDefs';
    private const NONE = 'none';

    /** @var string */
    private $module;

    public function __construct(string $module)
    {
        $this->module = $module;
    }

    public function content(): ?string
    {
        return is_file($this->path()) ? (string) file_get_contents($this->path()) : null;
    }

    public function fingerprint(): string
    {
        $content = $this->content();
        return $content === null ? self::NONE : sha1($content);
    }

    /** @return array<string, array> columns by their names in capitals, in their order */
    public function columns(): array
    {
        return $this->definitions()[self::LIST][$this->module] ?? [];
    }

    /**
     * Write the file with other columns; whatever else it defines stays. Who reads meanwhile finds the old
     * file or the new one.
     *
     * @param array<string, array> $columns
     */
    public function write(array $columns): void
    {
        $definitions = $this->definitions();
        $definitions[self::LIST][$this->module] = $columns;
        $source = "<?php\n";
        foreach ($definitions as $name => $value) {
            $source .= "\$$name = " . var_export($value, true) . ";\n";
        }
        $this->put($source);
    }

    /** What was there before, byte for byte; null: no file. */
    public function putBack(?string $content): void
    {
        if ($content !== null) {
            $this->put($content);
        } elseif (is_file($this->path())) {
            unlink($this->path());
            WrittenFile::invalidate($this->path());
            $this->clearCache();
        }
    }

    private function put(string $source): void
    {
        WrittenFile::write($this->path(), $source);
        $this->clearCache();
    }

    private function clearCache(): void
    {
        require_once 'include/TemplateHandler/TemplateHandler.php';
        \TemplateHandler::clearCache($this->module);
    }

    /** @return array<string, mixed> every variable of the file by name; SuiteCRM's own file where there is none */
    private function definitions(): array
    {
        $file = is_file($this->path()) ? $this->path() : $this->own();
        return is_file($file) ? self::read($file) : [];
    }

    /** @return array<string, mixed> */
    private static function read(string $bridgeListFile): array
    {
        require $bridgeListFile;
        $found = get_defined_vars();
        unset($found['bridgeListFile']);
        return $found;
    }

    private function path(): string
    {
        return 'custom/' . $this->own();
    }

    private function own(): string
    {
        return "modules/{$this->module}/metadata/listviewdefs.php";
    }
}
