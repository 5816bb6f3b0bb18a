<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Card;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Html;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Numbers;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What a customer bought in each of twelve months, as a line of bars, with a ring where the next is expected. */
final class YearLine
{
    private const FORM = '/\A(\d{4})-(\d\d)((?:,-?\d+){12})\z/';
    private const BAR = 10;
    private const STEP = 13;
    private const HEIGHT = 32;
    /** Months beyond the last that may still hold the ring. */
    private const AHEAD = 3;

    /**
     * @param mixed $told as the bridge tells it: the first month and twelve amounts in hundredths
     * @return array<string, float> amounts by month (YYYY-MM), the first one first; none where nothing is known
     */
    public static function read($told): array
    {
        if (!is_string($told) || !preg_match(self::FORM, $told, $parts)) {
            return [];
        }
        $first = 12 * (int) $parts[1] + (int) $parts[2] - 1;
        $amounts = [];
        foreach (explode(',', ltrim($parts[3], ',')) as $place => $cents) {
            $month = $first + $place;
            $amounts[sprintf('%04d-%02d', intdiv($month, 12), $month % 12 + 1)] = (int) $cents / 100;
        }
        return $amounts;
    }

    /** @param array<string, float> $amounts as `read` returns them */
    public static function text(array $amounts): string
    {
        $bought = count(array_filter($amounts, static function (float $amount): bool {
            return $amount > 0;
        }));
        $months = array_keys($amounts);
        return Texts::get('card_year', [
            'count' => $bought,
            'total' => Numbers::amount(array_sum($amounts)),
            'first' => self::month($months[0]),
            'last' => self::month(end($months)),
        ]);
    }

    /**
     * @param array<string, float> $amounts as `read` returns them
     * @param string $next day on which the next purchase is expected; empty where none is
     */
    public static function draw(array $amounts, string $next): string
    {
        $most = max(0.01, max($amounts));
        $marks = '';
        foreach (array_keys($amounts) as $place => $month) {
            $amount = $amounts[$month];
            $height = $amount <= 0 ? 1 : max(3, (int) round((self::HEIGHT - 4) * $amount / $most));
            $told = ['month' => self::month($month), 'amount' => Numbers::amount($amount)];
            $marks .= sprintf(
                '<rect x="%d" y="%d" width="%d" height="%d" fill="currentColor"><title>%s</title></rect>',
                $place * self::STEP,
                self::HEIGHT - $height,
                self::BAR,
                $height,
                Html::text(Texts::get('card_month', $told))
            );
        }
        $size = sprintf('width="%d" height="%d"', (12 + self::AHEAD) * self::STEP, self::HEIGHT);
        $box = sprintf('viewBox="0 0 %d %d"', (12 + self::AHEAD) * self::STEP, self::HEIGHT);
        $said = Html::text(self::text($amounts));
        return "<svg role=\"img\" aria-label=\"$said\" $size $box style=\"display:block;max-width:100%;margin:2px 0\">"
            . $marks . self::ring((string) array_key_first($amounts), $next) . '</svg>';
    }

    private static function ring(string $first, string $next): string
    {
        if ($next === '') {
            return '';
        }
        $place = self::number($next) - self::number($first);
        if ($place < 0 || $place >= 12 + self::AHEAD) {
            return '';
        }
        return sprintf(
            '<circle cx="%d" cy="%d" r="4" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="2 1.5"/>',
            $place * self::STEP + self::BAR / 2,
            self::HEIGHT / 2
        );
    }

    /** The month of a day, counted from the year 0. */
    private static function number(string $day): int
    {
        [$year, $month] = explode('-', $day);
        return 12 * (int) $year + (int) $month - 1;
    }

    /** A month (YYYY-MM) in the reader's words. */
    public static function month(string $month): string
    {
        $names = preg_split('/\s+/', Texts::get('dashlet_months'));
        return $names[self::number($month) % 12] . "\u{a0}" . substr($month, 0, 4);
    }
}
