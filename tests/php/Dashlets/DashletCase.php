<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\ComplaintLinks;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Links;

require_once __DIR__ . '/StandIns/functions.php';

/** The package's English texts, plain numbers and an empty session for the tests of dashlets. */
abstract class DashletCase extends TestCase
{
    private const LANGUAGES = __DIR__ . '/../../../custom/Extension/application/Ext/Language/';
    protected const MONTHS = ['2026-10', '2026-11'];
    private const NAMES = ['app_strings', 'app_list_strings', 'current_language', '_SESSION', 'sugar_config'];

    /** @var array<string, mixed> */
    private $before = [];
    /** @var string|null the folder to go back to */
    private $home;

    protected function setUp(): void
    {
        foreach (self::NAMES as $name) {
            $this->before[$name] = $GLOBALS[$name] ?? null;
        }
        $this->speak('en_us');
        $GLOBALS['_SESSION'] = [];
    }

    protected function tearDown(): void
    {
        if ($this->home !== null) {
            chdir($this->home);
        }
        foreach ($this->before as $name => $value) {
            $GLOBALS[$name] = $value;
        }
    }

    /** Loads the package's texts of a language. */
    protected function speak(string $language): void
    {
        $app_strings = [];
        $app_list_strings = [];
        require self::LANGUAGES . $language . '.suitecrmbridge.php';
        $GLOBALS['current_language'] = $language;
        $GLOBALS['app_strings'] = $app_strings;
        $GLOBALS['app_list_strings'] = $app_list_strings;
    }

    /** Has SuiteCRM offer these languages, with the package in its place. */
    protected function offer(array $languages): void
    {
        $this->home = $this->home ?? (string) getcwd();
        chdir(__DIR__ . '/../../..');
        $GLOBALS['sugar_config']['languages'] = array_fill_keys($languages, 'name');
    }

    protected function line(string $name, int $count): array
    {
        return ['name' => $name, 'total' => $count, 'months' => ['2026-11' => $count]];
    }

    protected function complaints(): ComplaintLinks
    {
        return new ComplaintLinks(new Links('Cases'), new Links('AOS_Products'));
    }

    protected function document(string $html): \DOMDocument
    {
        $document = new \DOMDocument();
        $document->loadHTML('<?xml encoding="UTF-8"><div>' . $html . '</div>', LIBXML_NOERROR);
        return $document;
    }

    /** @return string[] */
    protected function rows(string $html): array
    {
        $rows = [];
        foreach ($this->document($html)->getElementsByTagName('tr') as $row) {
            $rows[] = $row->textContent;
        }
        return $rows;
    }
}
