<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Offers;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Listing;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Store;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * Segment, next action and last purchase as columns that every list of customers shows.
 *
 * While nobody else changes a list, taking them away puts back what was there, byte for byte; else the list
 * stays as it was made, without the columns that were added.
 */
final class ShownColumns implements Offer
{
    public const FIELDS = [Names::SEGMENT, Names::ACTION, Names::LAST_PURCHASE];

    private const RECORD = 'shown_columns';
    /** Behind so many of the shown columns the new ones come; the customer's name stands first. */
    private const FIRST = 1;

    public static function isOn(): bool
    {
        return self::record() !== [];
    }

    public static function on(array $wishes = []): void
    {
        self::off();
        $record = [];
        foreach (Names::modulesWith(Names::SEGMENT) as $module) {
            $file = new ListFile($module);
            $before = $file->content();
            $columns = $file->columns();
            $added = self::added($module, $columns);
            if ($added === []) {
                continue;
            }
            $file->write(self::with($columns, $added));
            $record[$module] = [
                'before' => $before === null ? null : base64_encode($before),
                'after' => $file->fingerprint(),
                'new' => array_keys(array_diff_key($added, $columns)),
                'shown' => array_keys(array_intersect_key($added, $columns)),
            ];
            // What is remembered is never less than what was done.
            Store::write(self::RECORD, $record);
        }
    }

    public static function off(): void
    {
        foreach (self::record() as $module => $done) {
            $file = new ListFile($module);
            if ($file->fingerprint() === $done['after']) {
                $file->putBack($done['before'] === null ? null : base64_decode($done['before']));
            } else {
                self::hide($file, $done);
            }
        }
        Store::drop(self::RECORD);
    }

    /** Do something to lists as they are without these columns, and show them again. */
    public static function without(callable $change): void
    {
        $isOn = self::isOn();
        if ($isOn) {
            self::off();
        }
        try {
            $change();
        } finally {
            if ($isOn) {
                self::on();
            }
        }
    }

    /** @return array<string, array> columns that the list does not show yet, by their names in capitals */
    private static function added(string $module, array $columns): array
    {
        $known = \BeanFactory::newBean($module)->field_defs;
        $added = [];
        foreach (self::FIELDS as $field) {
            $column = $columns[strtoupper($field)] ?? Listing::column($module, $field, true);
            if (isset($known[$field]) && !self::isShown($columns[strtoupper($field)] ?? [])) {
                $added[strtoupper($field)] = ['default' => true] + $column;
            }
        }
        return $added;
    }

    /** @return array<string, array> */
    private static function with(array $columns, array $added): array
    {
        $others = array_diff_key($columns, $added);
        $shown = array_keys(array_filter($others, [self::class, 'isShown']));
        if ($shown === []) {
            return $added + $others;
        }
        $last = $shown[min(self::FIRST, count($shown)) - 1];
        $place = array_search($last, array_keys($others), true) + 1;
        return array_slice($others, 0, $place, true) + $added + array_slice($others, $place, null, true);
    }

    /** Take off a list that somebody has changed meanwhile what still stands there of these columns. */
    private static function hide(ListFile $file, array $done): void
    {
        $before = $file->columns();
        $columns = array_diff_key($before, array_flip($done['new']));
        foreach ($done['shown'] as $name) {
            if (isset($columns[$name])) {
                $columns[$name]['default'] = false;
            }
        }
        if ($columns !== $before) {
            $file->write($columns);
        }
    }

    private static function isShown(array $column): bool
    {
        return !empty($column['default']) && $column['default'] !== 'false';
    }

    /** @return array<string, array> what was done to each list */
    private static function record(): array
    {
        return Store::read(self::RECORD) ?? [];
    }
}
