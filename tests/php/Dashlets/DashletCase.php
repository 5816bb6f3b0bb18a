<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets;

use PHPUnit\Framework\TestCase;

require_once __DIR__ . '/StandIns/functions.php';

/** The package's English texts, plain numbers and an empty session for the tests of dashlets. */
abstract class DashletCase extends TestCase
{
    private const LANGUAGES = __DIR__ . '/../../../custom/Extension/application/Ext/Language/';
    private const NAMES = ['app_strings', 'app_list_strings', 'current_language', '_SESSION'];

    /** @var array<string, mixed> */
    private $before = [];

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
}
