<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Card;

use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Days as the reader counts them: plain text, not yet escaped. */
final class Days
{
    private const FORM = '!Y-m-d';
    private const AS_DAYS = 48;
    private const AS_MONTHS = 60;
    private const AS_YEARS = 730;
    private const MONTH = 30.44;
    private const YEAR = 365.25;

    public static function read(string $text): ?\DateTimeImmutable
    {
        $day = \DateTimeImmutable::createFromFormat(self::FORM, $text, new \DateTimeZone('UTC'));
        return $day !== false && $day->format('Y-m-d') === $text ? $day : null;
    }

    /** The day that it is where the reader is. */
    public static function today(): \DateTimeImmutable
    {
        return self::read(\TimeDate::getInstance()->getNow(true)->format('Y-m-d'));
    }

    /** How many days lie between one day and a later one; below nought where it is an earlier one. */
    public static function between(\DateTimeImmutable $day, \DateTimeImmutable $later): int
    {
        return (int) $day->diff($later)->format('%r%a');
    }

    /** How long ago a day was, in days, months or years. */
    public static function ago(\DateTimeImmutable $day, \DateTimeImmutable $today): string
    {
        $days = self::between($day, $today);
        if ($days <= 0) {
            return Texts::get('card_today');
        }
        return self::counted('card_ago_', $days);
    }

    /** How much time so many seconds are: hours, or days where there are many. */
    public static function left(int $seconds): string
    {
        $hours = intdiv($seconds, 3600);
        if ($hours < 1) {
            return Texts::get('card_left_minutes');
        }
        return $hours < self::AS_DAYS
            ? Texts::get('card_left_hours', ['count' => $hours])
            : Texts::get('card_left_days', ['count' => intdiv($hours, 24)]);
    }

    /** A number of days, as days, months or years. */
    private static function counted(string $text, int $days): string
    {
        if ($days < self::AS_MONTHS) {
            return Texts::get($text . 'days', ['count' => $days]);
        }
        if ($days < self::AS_YEARS) {
            return Texts::get($text . 'months', ['count' => (int) round($days / self::MONTH)]);
        }
        return Texts::get($text . 'years', ['count' => (int) round($days / self::YEAR)]);
    }
}
