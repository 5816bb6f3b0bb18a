<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** How a segment looks: its label, colour and place on the map. */
final class Segment
{
    private const NO_COLOUR = '#9aa5b1';

    public static function label(string $segment): string
    {
        if ($segment === '') {
            return Texts::get('dashlet_no_segment');
        }
        return Texts::option(Names::dropdown(Names::SEGMENT), $segment);
    }

    public static function colour(string $segment): string
    {
        return Catalogue::SEGMENTS[$segment]['colour'] ?? self::NO_COLOUR;
    }

    /** The segment of a cell of the map. */
    public static function at(int $recency, int $frequency): string
    {
        foreach (Catalogue::SEGMENTS as $key => $segment) {
            if (in_array([$recency, $frequency], $segment['cells'], true)) {
                return $key;
            }
        }
        return '';
    }

    /** @return string[] keys of all segments, best first */
    public static function ranked(): array
    {
        $ranks = array_column(Catalogue::SEGMENTS, 'rank');
        $keys = array_keys(Catalogue::SEGMENTS);
        array_multisort($ranks, $keys);
        return $keys;
    }

    /** Whether those in it never bought, so that they are no customers yet. */
    public static function isBeforeCustomers(string $segment): bool
    {
        return (Catalogue::SEGMENTS[$segment]['when'] ?? null) !== null;
    }

    /** The segment's name behind its colour, leading to an address where there is one. */
    public static function name(string $segment, string $url): string
    {
        $dot = '<svg width="10" height="10" role="presentation" style="margin-right:6px">'
            . '<circle cx="5" cy="5" r="5" fill="' . self::colour($segment) . '"/></svg>';
        $label = Html::text(self::label($segment));
        return $dot . ($url === '' ? $label : Html::link($url, $label));
    }
}
