<?php

namespace App\Extension\suitecrmbridge\DependencyInjection;

use App\Extension\suitecrmbridge\Statistics\CustomerCard;

/** How the lines of a customer's card are laid out in SuiteCRM 8's own widgets. */
final class CardRows
{
    private const LABEL = 'LBL_SUITECRMBRIDGE_';
    private const FILLED = [['operator' => 'not-empty']];
    /** Lines with a heading beside them, and the lines below, over the whole width. */
    private const LINES = [
        'action' => ['CARD_ACTION', ['action_due', 'action_why']],
        'segment' => ['CARD_SEGMENT', ['segment_before', 'segment_why']],
        'stake' => ['CARD_STAKE', []],
        'flags' => ['CARD_FLAGS', []],
        'complaints' => ['CARD_COMPLAINTS', ['complaints_last']],
        'value' => ['CARD_VALUE', []],
        'purchases' => ['CARD_PURCHASES', ['purchases_last', 'purchases_next']],
        'satisfaction' => ['CARD_SATISFACTION', []],
        'programme' => ['CARD_PROGRAMME', ['programme_since']],
        'offer' => ['CARD_OFFER', []],
        'as_of' => ['CARD_AS_OF', []],
    ];
    /** What a phone shows of it above the record. */
    private const SHORT = ['action', 'segment', 'stake', 'flags'];

    /** @return array<int, array<string, mixed>> */
    public static function whole(): array
    {
        return self::rows(self::LINES);
    }

    /** @return array<int, array<string, mixed>> */
    public static function short(): array
    {
        return self::rows(array_intersect_key(self::LINES, array_flip(self::SHORT)));
    }

    private static function rows(array $lines): array
    {
        $rows = [
            // Nothing of it is shown: it asks once for what all the others show.
            ['display' => 'none', 'cols' => [['statistic' => CustomerCard::KEY]]],
            self::row('nothing', [self::text('nothing', 'text-wrap')], 'pt-1 pb-1'),
        ];
        foreach ($lines as $line => [$heading, $below]) {
            $rows[] = self::row($line, [
                ['labelKey' => self::LABEL . $heading, 'labelClass' => 'text-wrap', 'class' => 'mr-2'],
                self::text($line, 'text-wrap text-right') + ['bold' => true],
            ], 'pt-2');
            foreach ($below as $further) {
                $rows[] = self::row($further, [self::text($further, 'text-wrap')], '');
            }
        }
        return $rows;
    }

    private static function row(string $line, array $cols, string $class): array
    {
        return [
            'justify' => count($cols) > 1 ? 'between' : 'start',
            'align' => 'baseline',
            'class' => $class,
            'hideIfLoading' => true,
            'activeOnFields' => [$line => self::FILLED],
            'cols' => $cols,
        ];
    }

    private static function text(string $line, string $class): array
    {
        return [
            'dynamicLabel' => self::LABEL . 'WIDGET_' . strtoupper($line),
            'dynamicLabelClass' => $class,
        ];
    }
}
