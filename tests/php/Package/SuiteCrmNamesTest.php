<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Package;

use PHPUnit\Framework\TestCase;

/**
 * What the package calls of SuiteCRM is there in every version that its manifest admits.
 *
 * suitecrm_names.json lists each name with the versions, of those looked at, whose sources lack it.
 */
final class SuiteCrmNamesTest extends TestCase
{
    private const ROOT = __DIR__ . '/../../../custom';
    private const KEYWORDS = [
        'array', 'catch', 'declare', 'elseif', 'empty', 'exit', 'die', 'fn', 'for', 'foreach', 'function', 'if',
        'include', 'isset', 'list', 'match', 'return', 'require', 'switch', 'unset', 'use', 'while', 'and', 'or',
        'self', 'static', 'parent', 'echo', 'print', 'new', 'eval',
    ];

    /** @var array<string, string[]> versions that lack a name, by name */
    private static $lacking;
    /** @var array<string, string> code without comments and texts, by file */
    private static $code = [];
    /** @var array<string, true> */
    private static $own = [];

    public static function setUpBeforeClass(): void
    {
        self::$lacking = json_decode(file_get_contents(__DIR__ . '/suitecrm_names.json'), true)['lacking'];
        $all = new \RecursiveDirectoryIterator(self::ROOT, \FilesystemIterator::SKIP_DOTS);
        foreach (new \RecursiveIteratorIterator($all) as $file) {
            // What only version 8 loads names only its classes, and asks first whether they are there.
            $isOf8 = strpos(str_replace('\\', '/', $file->getPathname()), '/custom/extensions/') !== false;
            if ($file->getExtension() === 'php' && !$isOf8) {
                self::$code[$file->getPathname()] = self::bare(file_get_contents($file->getPathname()));
            }
        }
        preg_match_all('/\b(?:function|class|interface)\s+(\w+)/', implode("\n", self::$code), $found);
        // The name that the package gives to the module's class while it announces records.
        self::$own = array_fill_keys($found[1], true) + ['StoredBean' => true];
    }

    public function testEveryNameOfSuiteCrmsThatThePackageUsesWasLookedUp(): void
    {
        $this->assertSame([], array_values(array_diff(self::used(), self::known())));
    }

    public function testNoNameIsListedThatThePackageDoesNotUse(): void
    {
        $used = self::used();
        $stale = array_filter(array_keys(self::$lacking), static function (string $name) use ($used): bool {
            $parts = explode('::', $name);
            return !in_array(end($parts), $used, true) && !isset(self::$own[end($parts)]);
        });
        $this->assertSame([], array_values($stale));
    }

    public function testANameThatAVersionLacksIsUsedOnlyWhereItIsThere(): void
    {
        foreach (array_keys(array_filter(self::$lacking)) as $name) {
            $parts = explode('::', $name);
            foreach (self::$code as $file => $code) {
                if (preg_match('/(->|::|\b)' . end($parts) . '\(/', $code)) {
                    $guard = "/(method|class|function)_exists\([^)]*'\\\\*" . end($parts) . "'\)/";
                    $this->assertMatchesRegularExpression($guard, file_get_contents($file), "$name in $file");
                }
            }
        }
    }

    /** @return string[] names of functions, methods and classes that are neither PHP's nor the package's */
    private static function used(): array
    {
        $names = [];
        foreach (self::$code as $code) {
            preg_match_all('/(?:->|::)(\w+)\s*\(|(?<![\w$>:\\\\])\\\\?(\w+)\s*\(/', $code, $called);
            preg_match_all('/(?<![\w\\\\])\\\\(\w+)(?![\w\\\\(])|\b(?:new|extends)\s+\\\\?(\w+)\b(?!\\\\)/', $code, $classes);
            $names = array_merge($names, $called[1], $called[2], $classes[1], $classes[2]);
        }
        return array_values(array_filter(array_unique($names), static function (string $name): bool {
            return $name !== '' && !isset(self::$own[$name]) && !self::isPhps($name);
        }));
    }

    private static function isPhps(string $name): bool
    {
        if (in_array(strtolower($name), self::KEYWORDS, true) || strncmp($name, '__', 2) === 0) {
            return true;
        }
        if (function_exists($name) && (new \ReflectionFunction($name))->isInternal()) {
            return true;
        }
        foreach (['class', 'interface'] as $kind) {
            if (("{$kind}_exists")($name, false) && (new \ReflectionClass($name))->isInternal()) {
                return true;
            }
        }
        // The class that Notice names; PHP's own, PSR-7's and Slim's names, and the logger's levels.
        return in_array($name, self::LIBRARIES, true);
    }

    private const LIBRARIES = [
        'AllowDynamicProperties', 'StoredBean', 'Slim', 'createFromMutable', 'createFromFormat', 'diff', 'format',
        'modify', 'setTime', 'setTimezone',
        'getTimestamp', 'getCode', 'getMessage', 'getFile', 'getLine', 'getPathname', 'isDir', 'isLink', 'getAttribute', 'getBody',
        'getHeaderLine', 'getMethod', 'getQueryParams', 'withBody', 'withHeader', 'withStatus', 'map', 'Body', 'mysqli',
        'mysqli_result', 'mysqli_sql_exception', 'mysqli_query', 'mysqli_error', 'mysqli_errno', 'mysqli_fetch_row',
        'mysqli_free_result', 'mysqli_report', 'opcache_invalidate', 'fatal',
    ];

    /** @return string[] */
    private static function known(): array
    {
        $names = [];
        foreach (array_keys(self::$lacking) as $name) {
            $names = array_merge($names, explode('::', $name));
        }
        return $names;
    }

    private static function bare(string $source): string
    {
        $left = [T_COMMENT, T_DOC_COMMENT, T_CONSTANT_ENCAPSED_STRING, T_ENCAPSED_AND_WHITESPACE, T_INLINE_HTML];
        $code = '';
        foreach (token_get_all($source) as $token) {
            if (!is_array($token)) {
                $code .= $token;
            } elseif (!in_array($token[0], $left, true)) {
                $code .= $token[1];
            }
        }
        return preg_replace('/^\s*(use|namespace)\s+[^;(]+;/m', '', $code);
    }
}
