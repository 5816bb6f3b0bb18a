<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\WrittenFile;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * A file of Studio's layouts: what it was before the package, and what the package made of it.
 *
 * While nobody else changes the file, uninstalling puts back what was there, byte for byte. Once an
 * administrator has changed it, their layout stays, without the package's fields. A field is offered once:
 * where they took it off, a newer version does not put it back. A layout that nobody else has changed is
 * laid anew by a newer version, so that its fields stand where that one has them.
 */
final class LayoutFile
{
    private const NONE = 'none';
    private const EDITED = 'edited';
    private const SUFFIX = '.suitecrmbridge';

    /** @var string */
    private $module;
    /** @var string */
    private $name;
    /** @var View[] */
    private $views;

    /** @param View[] $views the layouts in this file */
    public function __construct(string $module, string $name, array $views)
    {
        $this->module = $module;
        $this->name = $name;
        $this->views = $views;
    }

    public function install(): void
    {
        $record = Store::read($this->recordName()) ?? $this->newRecord();
        $isOurs = $record['after'] === $this->fingerprint();
        if ($isOurs && $record['offered'] !== []) {
            $this->putBack($record['before']);
            $record['offered'] = [];
        }
        $this->withoutDrafts(function () use (&$record): void {
            foreach ($this->views as $view) {
                $offered = $record['offered'][$view->name()] ?? [];
                $new = array_values(array_diff($view->fields(), $offered));
                if ($new) {
                    $view->add($new);
                }
                $record['offered'][$view->name()] = array_merge($offered, $new);
            }
        });
        $record['after'] = $isOurs ? $this->fingerprint() : self::EDITED;
        Store::write($this->recordName(), $record);
    }

    public function uninstall(): void
    {
        $record = Store::read($this->recordName());
        if ($record !== null && $record['after'] === $this->fingerprint()) {
            $this->putBack($record['before']);
        } elseif (is_file($this->path())) {
            $this->withoutDrafts(function (): void {
                foreach ($this->views as $view) {
                    $view->remove(array_merge(array_keys(Catalogue::FIELDS[$this->module]), $view->fields()));
                }
            });
        }
    }

    private function newRecord(): array
    {
        $before = is_file($this->path()) ? base64_encode(file_get_contents($this->path())) : null;
        return ['before' => $before, 'after' => $this->fingerprint(), 'offered' => []];
    }

    private function putBack(?string $before): void
    {
        if ($before !== null) {
            WrittenFile::write($this->path(), base64_decode($before));
        } elseif (is_file($this->path())) {
            unlink($this->path());
            Files::removeEmptyFolders([$this->path()]);
        }
        WrittenFile::invalidate($this->path());
        \TemplateHandler::clearCache($this->module);
    }

    /** Studio's parsers would publish a draft that an administrator has not published. */
    private function withoutDrafts(callable $change): void
    {
        $drafts = array_filter([$this->path('working/'), $this->path('history/')], 'is_file');
        foreach ($drafts as $draft) {
            rename($draft, $draft . self::SUFFIX);
        }
        try {
            $change();
        } finally {
            foreach ($drafts as $draft) {
                rename($draft . self::SUFFIX, $draft);
            }
        }
    }

    private function fingerprint(): string
    {
        return is_file($this->path()) ? sha1_file($this->path()) : self::NONE;
    }

    private function path(string $kind = ''): string
    {
        return "custom/{$kind}modules/{$this->module}/metadata/{$this->name}.php";
    }

    private function recordName(): string
    {
        return "layout_{$this->module}_{$this->name}";
    }
}
