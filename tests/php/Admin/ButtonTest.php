<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\Html;

final class ButtonTest extends TestCase
{
    private const FOLDER = __DIR__ . '/../../../custom/lib/SuiteCRMBridge';

    public function testAButtonCanBeRead(): void
    {
        self::assertSame(1, preg_match('/^background:#(\w{6});color:#(\w{6})$/', Html::READABLE, $colours));
        $light = array_map([self::class, 'luminance'], [$colours[1], $colours[2]]);

        self::assertGreaterThan(4.5, (max($light) + 0.05) / (min($light) + 0.05));
        self::assertStringContainsString(Html::READABLE, Html::submit('Go <b>', 'Go & see'));
        self::assertStringContainsString('aria-label="Go &amp; see">Go &lt;b&gt;</button>', Html::submit('Go <b>', 'Go & see'));
    }

    public function testALongLabelHasRoomForASecondLine(): void
    {
        self::assertStringContainsString('white-space:normal;height:auto', Html::submit('Add all records of this list'));
    }

    public function testNoButtonLeavesItsColoursToTheTheme(): void
    {
        $bare = [];
        foreach (new \RecursiveIteratorIterator(new \RecursiveDirectoryIterator(self::FOLDER)) as $file) {
            if ($file->isFile() && preg_match('/class="button"(?! style=)/', file_get_contents($file->getPathname()))) {
                $bare[] = $file->getFilename();
            }
        }
        self::assertSame([], $bare);
    }

    private static function luminance(string $colour): float
    {
        $parts = array_map(static function (string $part): float {
            $share = hexdec($part) / 255;
            return $share <= 0.04045 ? $share / 12.92 : (($share + 0.055) / 1.055) ** 2.4;
        }, str_split($colour, 2));
        return 0.2126 * $parts[0] + 0.7152 * $parts[1] + 0.0722 * $parts[2];
    }
}
