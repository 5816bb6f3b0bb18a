<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Pieces of HTML and SVG; the only place where text becomes HTML. */
final class Html
{
    private const LIGHT_INK = '#ffffff';
    /** Pure black: with it, one of the two inks has a contrast of 4.5 or more on every colour. */
    private const DARK_INK = '#000000';
    private const DARK_LUMINANCE = 0.05;
    /** Links of SuiteCRM's theme are too pale to read. */
    private const LINK = 'color:inherit;text-decoration:underline';
    private const PLAIN = 'background:transparent!important;color:inherit!important;border:0;';
    /** On a phone, columns of a tab come one below the other, as those of the first page do. */
    private const PHONE = '<style>@media (max-width:767px){.dashletTable .dashletcontainer'
        . '{display:block;width:100%!important}}</style>';
    private const BADGE = 'background:#b3261e;color:#ffffff;border-radius:3px;padding:0 4px;white-space:nowrap';

    public static function text(string $text): string
    {
        return htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
    }

    /** @param string $content already HTML */
    public static function link(string $url, string $content, string $style = '', string $hint = ''): string
    {
        return '<a href="' . self::text($url) . '"'
            . ' style="' . self::text($style === '' ? self::LINK : $style) . '"'
            . ($hint === '' ? '' : ' title="' . self::text($hint) . '" aria-label="' . self::text($hint) . '"')
            . ">$content</a>";
    }

    /** A text that leads to an address, where there is one. */
    public static function leading(string $url, string $text): string
    {
        return $url === '' ? self::text($text) : self::link($url, self::text($text));
    }

    /** A word that must not be overlooked, and that can be read without its colour. */
    public static function badge(string $text): string
    {
        return '<span style="' . self::BADGE . '">' . self::text($text) . '</span>';
    }

    /** A second line, smaller, below what a cell says. */
    public static function below(string $content): string
    {
        return $content === '' ? '' : '<div style="font-size:11px;line-height:1.3">' . $content . '</div>';
    }

    /**
     * A line and smaller ones below it, each so high that a finger meets no other link.
     *
     * @param string[] $below already HTML, as the first is
     */
    public static function lines(string $first, array $below): string
    {
        return '<div style="line-height:26px">' . $first . '<div style="font-size:11px;line-height:24px">'
            . implode('<br>', $below) . '</div></div>';
    }

    /** The title that SuiteCRM draws of a page, broken between words: of its own, it is broken within them. */
    public static function title(string $drawn): string
    {
        return str_replace('<h2', '<h2 style="word-break:normal;overflow-wrap:anywhere"', $drawn);
    }

    /** A paragraph that says something about the figures. */
    public static function note(string $text): string
    {
        return '<p style="margin:8px 4px;opacity:.9">' . self::text($text) . '</p>';
    }

    public static function frame(string $content): string
    {
        return self::PHONE . '<div class="suitecrmbridge-dashlet" style="padding:8px 10px;overflow-x:auto">'
            . $content . '</div>';
    }

    /** A bar as long as its share of the whole width. */
    public static function bar(float $share, string $colour): string
    {
        $width = number_format(100 * min(1.0, max(0.0, $share)), 2, '.', '');
        return '<svg width="100%" height="14" role="presentation" style="display:block;min-width:20px">'
            . '<rect width="100%" height="14" rx="3" fill="currentColor" fill-opacity="0.07"/>'
            . '<rect width="' . $width . '%" height="14" rx="3" fill="' . self::text($colour) . '"/>'
            . '</svg>';
    }

    /** A colour thinned with white; a share of 1 leaves it as it is. */
    public static function tint(string $colour, float $share): string
    {
        $parts = sscanf($colour, '#%02x%02x%02x');
        return vsprintf('#%02x%02x%02x', array_map(static function (int $part) use ($share): int {
            return (int) round(255 - (255 - $part) * $share);
        }, $parts));
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
     * @param array<int, array{0: string, 1: string, 2?: string}> $columns head (text), alignment and width
     * @param string[][] $rows already HTML
     * @param int $gap pixels left and right of each cell's content
     */
    public static function table(array $columns, array $rows, int $gap = 5): string
    {
        $aligns = array_column($columns, 1);
        $heads = array_map([self::class, 'text'], array_column($columns, 0));
        $head = self::row($heads, $aligns, 'th', $gap);
        return self::framed($head, self::body($rows, $aligns, $gap), self::widths(array_map(
            static function (array $column): string {
                return $column[2] ?? '';
            },
            $columns
        )), false);
    }

    /**
     * A table that is never wider than its place: a name, a total, and many narrow columns with heads that stand.
     *
     * @param string[] $first heads of name and total
     * @param string[] $narrow heads of the other columns
     * @param string[][] $rows already HTML
     */
    public static function matrix(array $first, array $narrow, array $rows): string
    {
        $heads = array_map([self::class, 'text'], $first);
        foreach ($narrow as $head) {
            $heads[] = '<span style="writing-mode:vertical-rl;font-size:11px">' . self::text($head) . '</span>';
        }
        $aligns = array_merge(['left', 'right'], array_fill(0, count($narrow), 'center'));
        $widths = self::widths(array_merge(['27%', '10%'], array_fill(0, count($narrow), '')));
        return self::framed(self::row($heads, $aligns, 'th', 1), self::body($rows, $aligns, 1), $widths, true);
    }

    /** @param string[] $widths one a column, empty where the content decides */
    private static function widths(array $widths): string
    {
        $columns = '';
        foreach ($widths as $width) {
            $columns .= $width === '' ? '<col>' : "<col style=\"width:$width\">";
        }
        return "<colgroup>$columns</colgroup>";
    }

    private static function framed(string $head, string $body, string $columns, bool $isFixed): string
    {
        $layout = $isFixed ? ';table-layout:fixed' : '';
        return "<table style=\"width:100%;border-collapse:collapse;border:0$layout\">$columns"
            . '<thead style="' . self::PLAIN . "\">$head</thead><tbody>$body</tbody></table>";
    }

    /** @param string[][] $rows already HTML */
    private static function body(array $rows, array $aligns, int $gap): string
    {
        $html = '';
        foreach ($rows as $row) {
            $html .= self::row($row, $aligns, 'td', $gap);
        }
        return $html;
    }

    /** @param string[] $cells already HTML */
    private static function row(array $cells, array $aligns, string $tag, int $gap): string
    {
        $style = $tag === 'th' ? self::PLAIN . 'font-weight:600;vertical-align:bottom;' : 'vertical-align:top;';
        $html = "<tr style=\"$style\">";
        foreach ($cells as $position => $cell) {
            $align = $aligns[$position];
            $wrap = $align === 'left' ? 'overflow-wrap:break-word;white-space:normal;' : 'white-space:nowrap;';
            // A head that says nothing is none.
            $name = $cell === '' ? 'td' : $tag;
            $html .= "<$name style=\"{$style}{$wrap}padding:3px {$gap}px;text-align:$align\">$cell</$name>";
        }
        return $html . '</tr>';
    }
}
