<?php

namespace App\Extension\suitecrmbridge\DependencyInjection;

use App\Extension\suitecrmbridge\Statistics\Changes;
use App\Extension\suitecrmbridge\Statistics\CustomerCard;

/** How the lines of a customer's card are laid out in SuiteCRM 8's own widgets. */
final class CardRows
{
    private const LABEL = 'LBL_SUITECRMBRIDGE_';
    private const FILLED = [['operator' => 'not-empty']];
    /** What is to be known first: lines in columns with their headings, and what is said below. */
    private const ABOVE = [
        'action' => 'CARD_ACTION',
        'segment' => 'CARD_SEGMENT',
        'stake' => 'CARD_STAKE',
        'flags' => 'CARD_FLAGS',
    ];
    private const REASON = ['action_due', 'action_why'];
    /** The same of a case's customer. */
    private const OF_CASE = [
        'customer' => 'WIDGET_CUSTOMER',
        'segment' => 'CARD_SEGMENT',
        'value' => 'CARD_VALUE',
        'complaints' => 'CARD_COMPLAINTS',
        'promise' => 'WIDGET_PROMISE',
        'flags' => 'CARD_FLAGS',
    ];
    /** The rest: lines with a heading beside them, and the lines below, over the whole width. */
    private const BESIDE = [
        'flags' => ['CARD_FLAGS', []],
        'complaints' => ['CARD_COMPLAINTS', ['complaints_last']],
        'segment' => ['CARD_SEGMENT', ['segment_before', 'segment_why']],
        'value' => ['CARD_VALUE', []],
        'purchases' => ['CARD_PURCHASES', ['purchases_last', 'purchases_next']],
        'satisfaction' => ['CARD_SATISFACTION', []],
        'programme' => ['CARD_PROGRAMME', ['programme_since']],
        'offer' => ['CARD_OFFER', []],
        self::DAY => ['CARD_AS_OF', []],
    ];
    /** Of its own, a link has too little contrast; one in a light bar is written dark. */
    private const LINK = 'navbar-light pt-2 pb-2';
    /** Says only of when the rest is. */
    private const DAY = 'as_of';
    /** Nothing of it is shown: it asks once for what all the others show. */
    private const ASKING = ['display' => 'none', 'cols' => [['statistic' => CustomerCard::KEY]]];

    /** @return array<int, array<string, mixed>> */
    public static function above(): array
    {
        $reason = [];
        foreach (self::REASON as $line) {
            $reason[] = self::text($line, 'text-wrap') + [
                'class' => 'mr-2',
                'activeOnFields' => [$line => self::FILLED],
            ];
        }
        return [self::ASKING, self::columns(self::ABOVE, 'h5 m-0 text-wrap'), self::flowing($reason)];
    }

    /** @return array<int, array<string, mixed>> */
    public static function ofCase(): array
    {
        return [self::ASKING, self::columns(self::OF_CASE, 'font-weight-bold text-wrap')];
    }

    /** @return array<int, array<string, mixed>> */
    public static function beside(): array
    {
        $rows = [self::ASKING, self::row('failed', [self::text('failed', 'text-wrap')], 'pt-1 pb-1')];
        foreach (self::BESIDE as $line => [$heading, $below]) {
            $rows[] = self::row($line, [
                self::heading($heading, 'text-wrap') + ['class' => 'mr-2'],
                self::text($line, 'text-wrap text-right') + ['bold' => true],
            ], 'pt-2');
            foreach ($below as $further) {
                $rows[] = self::row($further, [self::text($further, 'text-wrap')], '');
            }
        }
        $rows[] = self::row(Changes::KEY, [['statistic' => Changes::KEY, 'class' => 'navbar-text p-0']], self::LINK);
        return $rows;
    }

    /** @return string[] lines of which one at least is filled where there is something to show above a record */
    public static function linesAbove(string $module): array
    {
        return $module === 'cases' ? array_keys(self::OF_CASE) : array_merge(array_keys(self::ABOVE), self::REASON);
    }

    /** @return string[] the same beside it */
    public static function linesBeside(): array
    {
        $below = array_merge(...array_column(self::BESIDE, 1));
        return array_values(array_diff(array_merge(['failed'], array_keys(self::BESIDE), $below), [self::DAY]));
    }

    /** @param array<string, string> $lines headings by line */
    private static function columns(array $lines, string $class): array
    {
        $columns = [];
        foreach ($lines as $line => $heading) {
            $columns[] = self::heading($heading, '') + self::text($line, $class) + [
                'class' => 'mr-5 mb-1',
                'activeOnFields' => [$line => self::FILLED],
            ];
        }
        return self::flowing($columns);
    }

    private static function flowing(array $columns): array
    {
        return [
            'justify' => 'start',
            'align' => 'start',
            'class' => 'flex-wrap',
            'hideIfLoading' => true,
            'cols' => $columns,
        ];
    }

    private static function heading(string $heading, string $class): array
    {
        return ['labelKey' => self::LABEL . $heading, 'labelClass' => trim('font-weight-normal ' . $class)];
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
            'dynamicLabel' => self::LABEL . 'LINE_' . strtoupper($line),
            'dynamicLabelClass' => $class,
        ];
    }
}
