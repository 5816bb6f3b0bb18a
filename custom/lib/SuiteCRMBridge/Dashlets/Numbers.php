<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Numbers as the user writes them: plain text, not yet escaped. */
final class Numbers
{
    private const BASE_CURRENCY = '-99';

    public static function whole(int $number): string
    {
        return format_number($number, 0, 0);
    }

    public static function signed(int $number): string
    {
        if ($number === 0) {
            return '=';
        }
        return ($number > 0 ? '+' : '−') . self::whole(abs($number));
    }

    public static function percent(float $share, int $digits = 0): string
    {
        return Texts::get('dashlet_percent', ['value' => format_number(100 * $share, $digits, $digits)]);
    }

    /** A day as the user writes and searches it. */
    public static function day(\DateTimeInterface $day): string
    {
        return (string) \TimeDate::getInstance()->to_display_date($day->format('Y-m-d'), false);
    }

    /** An amount in the base currency, which all the bridge's amounts are in. */
    public static function amount(float $amount): string
    {
        return self::inBaseCurrency('format_number', $amount, 0, 0);
    }

    /** An amount in the base currency, with as many digits behind the point as the user wants. */
    public static function cents(float $amount): string
    {
        return self::inBaseCurrency('currency_format_number', $amount);
    }

    private static function inBaseCurrency(callable $format, float $amount, int ...$digits): string
    {
        $currency = ['currency_id' => self::BASE_CURRENCY, 'currency_symbol' => true];
        return html_entity_decode($format($amount, ...array_merge($digits, [$currency])), ENT_QUOTES, 'UTF-8');
    }
}
