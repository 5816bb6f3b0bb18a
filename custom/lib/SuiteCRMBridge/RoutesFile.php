<?php

namespace SuiteCRM\Custom\SuiteCRMBridge;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The package's block in the one file in which SuiteCRM looks for custom routes. */
final class RoutesFile
{
    public const PATH = 'custom/application/Ext/Api/V8/Config/routes.php';
    public const ROUTES = 'custom/lib/SuiteCRMBridge/routes.php';

    private const BEGIN = '// BEGIN SuiteCRM Bridge';
    private const END = '// END SuiteCRM Bridge';

    public static function install(): void
    {
        WrittenFile::write(self::PATH, self::withBlock(self::read()));
    }

    public static function remove(): void
    {
        if (!is_file(self::PATH)) {
            return;
        }
        $rest = self::withoutBlock(self::read());
        if (self::isEmpty($rest)) {
            unlink(self::PATH);
            WrittenFile::invalidate(self::PATH);
            self::removeEmptyFolders(dirname(self::PATH));
        } else {
            WrittenFile::write(self::PATH, $rest);
        }
    }

    /** Whether SuiteCRM finds the routes: the block is there, whole, and what it loads too. */
    public static function isInstalled(): bool
    {
        return is_readable(self::PATH)
            && strpos(self::read(), self::block()) !== false
            && is_readable(self::ROUTES);
    }

    public static function withBlock(string $source): string
    {
        $source = self::withoutBlock($source);
        if (self::isEmpty($source)) {
            return "<?php\n" . self::block();
        }
        return rtrim($source, "\r\n") . "\n" . (self::endsInHtml($source) ? '<?php ' : '') . self::block();
    }

    public static function withoutBlock(string $source): string
    {
        $begin = preg_quote(self::BEGIN, '/');
        $end = preg_quote(self::END, '/');
        return preg_replace('/^(<\?php )?' . $begin . '.*?' . $end . '(\r?\n|\z)/ms', '', $source);
    }

    private static function block(): string
    {
        return self::BEGIN . "\n"
            . "if (is_file('" . self::ROUTES . "')) {\n"
            . "    require '" . self::ROUTES . "';\n"
            . "}\n"
            . self::END . "\n";
    }

    private static function isEmpty(string $source): bool
    {
        return trim(str_replace(['<?php', '?>'], '', $source)) === '';
    }

    private static function endsInHtml(string $source): bool
    {
        $tokens = token_get_all($source);
        $last = end($tokens);
        return is_array($last) && in_array($last[0], [T_CLOSE_TAG, T_INLINE_HTML], true);
    }

    private static function read(): string
    {
        return is_file(self::PATH) ? file_get_contents(self::PATH) : '';
    }

    private static function removeEmptyFolders(string $folder): void
    {
        while ($folder !== 'custom/application/Ext' && count(scandir($folder)) === 2 && rmdir($folder)) {
            $folder = dirname($folder);
        }
    }
}
