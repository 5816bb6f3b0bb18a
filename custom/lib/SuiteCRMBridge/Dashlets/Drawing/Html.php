<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Pieces of HTML and SVG; the only place where text becomes HTML. */
final class Html
{
    private const LIGHT_INK = '#ffffff';
    private const DARK_INK = '#1f2933';
    private const DARK_LUMINANCE = 0.0712;

    public static function text(string $text): string
    {
        return htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
    }

    /** @param string $content already HTML */
    public static function link(string $url, string $content, string $style = '', string $hint = ''): string
    {
        return '<a href="' . self::text($url) . '"'
            . ($style === '' ? '' : ' style="' . self::text($style) . '"')
            . ($hint === '' ? '' : ' title="' . self::text($hint) . '" aria-label="' . self::text($hint) . '"')
            . ">$content</a>";
    }

    /** A paragraph that says something about the figures. */
    public static function note(string $text): string
    {
        return '<p style="margin:8px 4px;opacity:.9">' . self::text($text) . '</p>';
    }

    public static function frame(string $content): string
    {
        return '<div class="suitecrmbridge-dashlet" style="padding:8px 10px;overflow-x:auto">'
            . $content . '</div>';
    }

    /** A bar as long as its share of the whole width. */
    public static function bar(float $share, string $colour): string
    {
        $width = number_format(100 * min(1.0, max(0.0, $share)), 2, '.', '');
        return '<svg width="100%" height="14" role="presentation" style="display:block;min-width:60px">'
            . '<rect width="100%" height="14" rx="3" fill="currentColor" fill-opacity="0.07"/>'
            . '<rect width="' . $width . '%" height="14" rx="3" fill="' . self::text($colour) . '"/>'
            . '</svg>';
    }

    /** The colour of text that reads well on a background (WCAG's relative luminance). */
    public static function inkOn(string $colour): string
    {
        $luminance = 0.0;
        foreach ([0.2126, 0.7152, 0.0722] as $position => $weight) {
            $part = hexdec(substr($colour, 1 + 2 * $position, 2)) / 255;
            $linear = $part <= 0.03928 ? $part / 12.92 : (($part + 0.055) / 1.055) ** 2.4;
            $luminance += $weight * $linear;
        }
        return 1.05 / ($luminance + 0.05) >= ($luminance + 0.05) / self::DARK_LUMINANCE
            ? self::LIGHT_INK
            : self::DARK_INK;
    }

    /**
     * @param array<int, array{0: string, 1: string}> $columns head (text) and alignment
     * @param string[][] $rows already HTML
     * @param int $gap pixels left and right of each cell's content
     */
    public static function table(array $columns, array $rows, int $gap = 5): string
    {
        $aligns = array_column($columns, 1);
        $heads = array_map([self::class, 'text'], array_column($columns, 0));
        $plain = 'background:transparent!important;color:inherit!important;border:0;';
        $head = self::row($heads, $aligns, 'th', $plain . 'font-weight:600;opacity:.85;', $gap);
        $html = '<table style="width:100%;border-collapse:collapse;border:0">'
            . "<thead style=\"$plain\">$head</thead><tbody>";
        foreach ($rows as $row) {
            $html .= self::row($row, $aligns, 'td', '', $gap);
        }
        return $html . '</tbody></table>';
    }

    /** @param string[] $cells already HTML */
    private static function row(array $cells, array $aligns, string $tag, string $style, int $gap): string
    {
        $html = "<tr style=\"$style\">";
        foreach ($cells as $position => $cell) {
            $align = $aligns[$position];
            $wrap = $align === 'left' ? '' : 'white-space:nowrap;';
            $html .= "<$tag style=\"{$style}{$wrap}padding:3px {$gap}px;text-align:$align\">$cell</$tag>";
        }
        return $html . '</tr>';
    }
}
