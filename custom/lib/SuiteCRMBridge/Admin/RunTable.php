<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Admin;

use SuiteCRM\Custom\SuiteCRMBridge\Texts;
use SuiteCRM\Custom\SuiteCRMBridge\Warning;
use SuiteCRM\Custom\SuiteCRMBridge\Watch;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The last synchronisation and its figures. */
final class RunTable
{
    /**
     * @param array<string, mixed>|null $run as Runs keeps it
     * @param string $now UTC, as the database writes it
     */
    public static function draw(?array $run, string $now): string
    {
        if ($run === null) {
            return Html::help(Texts::get('page_no_run'));
        }
        $rows = [
            Texts::get('page_started') => Html::text(self::moment($run['started_at'])),
            Texts::get('page_finished') => Html::text(self::moment($run['finished_at'])),
            Texts::get('page_result') => Html::text(self::label('page_result_', $run['result'])),
        ];
        foreach ($run['figures'] as $name => $figure) {
            $told = self::told($figure);
            if ($told !== []) {
                $rows[self::label('page_figure_', $name)] = self::figure($told);
            }
        }
        return self::warning($run['finished_at'], $now) . Html::facts($rows);
    }

    /** A run that is over for days means that nothing keeps the figures in step any more. */
    private static function warning(string $finished, string $now): string
    {
        $days = Watch::days($finished, $now);
        if ($days < Warning::DAYS) {
            return '';
        }
        $text = Texts::get('page_old_run', ['count' => $days, 'days' => format_number($days, 0, 0)]);
        return '<p role="alert">' . Html::state(false, $text) . '</p>';
    }

    /**
     * What of a figure says something: nought says nothing.
     *
     * @param mixed $figure
     * @return array<int|string, mixed>
     */
    private static function told($figure): array
    {
        return array_filter(is_array($figure) ? $figure : [$figure], static function ($part): bool {
            return $part !== 0 && $part !== 0.0 && $part !== null;
        });
    }

    /** @param array<int|string, mixed> $figure its parts by name, or itself */
    private static function figure(array $figure): string
    {
        if (array_keys($figure) === [0]) {
            return Html::text(self::value($figure[0]));
        }
        $parts = [];
        foreach ($figure as $name => $part) {
            $pair = ['name' => self::name((string) $name), 'value' => self::value($part)];
            $parts[] = Html::text(Texts::get('page_pair', $pair));
        }
        return implode('<br>', $parts);
    }

    /** @param mixed $value */
    private static function value($value): string
    {
        if (is_int($value) || is_float($value)) {
            $decimals = is_int($value) ? 0 : 1;
            return format_number($value, $decimals, $decimals);
        }
        if (preg_match('/^\d{4}-\d{2}-\d{2}$/', (string) $value)) {
            return \TimeDate::getInstance()->to_display_date($value, false);
        }
        return $value === '' ? '–' : self::label('page_value_', (string) $value);
    }

    private static function name(string $name): string
    {
        $module = $GLOBALS['app_list_strings']['moduleList'][$name] ?? null;
        return $module ?? self::label('page_part_', $name);
    }

    /** The text of a known word; another word stands as it came. */
    private static function label(string $prefix, string $word): string
    {
        $key = $prefix . $word;
        $text = Texts::get($key);
        return $text === $key ? $word : $text;
    }

    private static function moment(string $moment): string
    {
        return \TimeDate::getInstance()->to_display_date_time($moment);
    }
}
