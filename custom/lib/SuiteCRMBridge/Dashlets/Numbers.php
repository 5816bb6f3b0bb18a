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

    public static function percent(float $share): string
    {
        return Texts::get('dashlet_percent', ['value' => format_number(100 * $share, 0, 0)]);
    }

    /** A day as the user writes and searches it. */
    public static function day(\DateTimeInterface $day): string
    {
        return (string) \TimeDate::getInstance()->to_display_date($day->format('Y-m-d'), false);
    }

    /** An amount in the base currency, which all the bridge's amounts are in. */
    public static function amount(float $amount): string
    {
        $format = ['currency_id' => self::BASE_CURRENCY, 'currency_symbol' => true];
        return html_entity_decode(format_number($amount, 0, 0, $format), ENT_QUOTES, 'UTF-8');
    }
}
