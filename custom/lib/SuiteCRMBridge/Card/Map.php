<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Card;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Html;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Segment;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Where a customer stands on the map of recency and frequency, small. */
final class Map
{
    private const SIDE = 12;
    private const SCORES = 5;

    public static function draw(int $recency, int $frequency): string
    {
        $cells = '';
        for ($row = self::SCORES; $row >= 1; $row--) {
            for ($column = 1; $column <= self::SCORES; $column++) {
                $cells .= self::cell($column, $row, $column === $recency && $row === $frequency);
            }
        }
        $size = self::SCORES * self::SIDE;
        $said = Html::text(Texts::get('card_cell', ['recency' => $recency, 'frequency' => $frequency]));
        return "<svg role=\"img\" aria-label=\"$said\" width=\"$size\" height=\"$size\" viewBox=\"0 0 $size $size\""
            . " style=\"flex:none\"><title>$said</title>$cells</svg>";
    }

    /** Recency to the right and frequency upwards, as on the dashlet. */
    private static function cell(int $recency, int $frequency, bool $isOwn): string
    {
        $colour = Segment::colour(Segment::at($recency, $frequency));
        $x = ($recency - 1) * self::SIDE;
        $y = (self::SCORES - $frequency) * self::SIDE;
        $mark = '';
        if ($isOwn) {
            $middle = self::SIDE / 2;
            $mark = sprintf(
                '<circle cx="%s" cy="%s" r="4" fill="#ffffff" stroke="#000000" stroke-width="2"/>',
                $x + $middle,
                $y + $middle
            );
        }
        return sprintf(
            '<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>%s',
            $x,
            $y,
            self::SIDE - 1,
            self::SIDE - 1,
            Html::text($isOwn ? $colour : Html::tint($colour, 0.45)),
            $mark
        );
    }
}
