<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Links;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Numbers;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The RFM map: recency to the right, frequency upwards, a cell in its segment's colour. */
final class MapDrawing
{
    private const SCORES = [1, 2, 3, 4, 5];
    private const GRID = 'display:grid;grid-template-columns:auto repeat(5,minmax(0,1fr));gap:3px';
    /** On a phone, where a word would break, smaller. */
    private const SMALL = 'clamp(8px,2.1vw,11px)';
    private const CELL = 'display:flex;flex-direction:column;justify-content:center;min-height:54px;'
        . 'padding:4px 1px;border-radius:4px;text-align:center;text-decoration:none;line-height:1.15;'
        . 'overflow-wrap:anywhere;hyphens:auto;';

    /** @param array<int, array<int, int>> $counts customers by recency, then frequency */
    public static function draw(Links $links, array $counts): string
    {
        if ($counts === []) {
            return Html::note(Texts::get('dashlet_no_scores'));
        }
        $cells = '';
        foreach (array_reverse(self::SCORES) as $frequency) {
            $cells .= self::frequencyHead($frequency);
            foreach (self::SCORES as $recency) {
                $cells .= self::cell($links, $recency, $frequency, $counts[$recency][$frequency] ?? 0);
            }
        }
        return '<div style="' . self::GRID . '">' . $cells . '<span></span>' . self::recencyHeads() . '</div>';
    }

    private static function cell(Links $links, int $recency, int $frequency, int $count): string
    {
        $segment = Segment::at($recency, $frequency);
        $label = Segment::label($segment);
        $colour = Segment::colour($segment);
        $content = '<span style="font-size:17px;font-weight:600">' . Html::text(Numbers::whole($count)) . '</span> '
            . '<span style="font-size:' . self::SMALL . '">' . Html::text($label) . '</span>';
        $customers = Texts::get('dashlet_customers', ['count' => $count, 'customers' => Numbers::whole($count)]);
        $hint = Texts::get('dashlet_cell', [
            'segment' => $label,
            'customers' => $customers,
            'recency' => $recency,
            'frequency' => $frequency,
        ]);
        if ($count === 0) {
            return '<span title="' . Html::text($hint) . '" style="' . self::CELL
                . "border:1px solid $colour;padding:3px 0\">$content</span>";
        }
        $cell = [Names::RECENCY => $recency, Names::FREQUENCY => $frequency];
        $style = self::CELL . "background:$colour;color:" . Html::inkOn($colour);
        // Its name is what can be seen: whoever speaks to their browser says that.
        return '<a href="' . Html::text($links->records($cell, [], [Names::SEGMENT])) . '" style="' . Html::text($style)
            . '" title="' . Html::text($hint) . "\">$content</a>";
    }

    private static function frequencyHead(int $frequency): string
    {
        $words = [
            1 => Texts::get('dashlet_frequency_low'),
            3 => Texts::get('dashlet_frequency'),
            5 => Texts::get('dashlet_frequency_high'),
        ];
        return self::head($frequency, $words, 'align-self:center;text-align:right;padding-right:4px');
    }

    private static function recencyHeads(): string
    {
        $words = [
            1 => Texts::get('dashlet_recency_low'),
            3 => Texts::get('dashlet_recency'),
            5 => Texts::get('dashlet_recency_high'),
        ];
        $heads = '';
        foreach (self::SCORES as $recency) {
            $heads .= self::head($recency, $words, 'text-align:center');
        }
        return $heads;
    }

    /** The middle score carries the name of the axis, the outer ones what they mean. */
    private static function head(int $score, array $words, string $style): string
    {
        $word = Html::text($words[$score] ?? '');
        if ($score === 3) {
            $word = "<b>$word</b>";
        }
        return "<span style=\"font-size:11px;$style\">$word<br>$score</span>";
    }
}
