<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Admin;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Pieces of the page; every text that goes in comes out escaped. */
final class Html
{
    /** Colours of a button, with a contrast of 8 in every style of the theme. */
    public const READABLE = 'background:#534d64;color:#ffffff';
    /** The theme gives every button one line; a long label takes two on a phone. */
    private const ROOM = ';white-space:normal;height:auto;line-height:1.5;padding:5px 15px';

    public static function text(string $text): string
    {
        return htmlspecialchars($text, ENT_QUOTES, 'UTF-8');
    }

    /** @param array<string, string> $rows HTML of the cells by label */
    public static function facts(array $rows): string
    {
        $cells = '';
        foreach ($rows as $label => $cell) {
            $cells .= '<tr><th scope="row">' . self::text($label) . '</th><td>' . $cell . '</td></tr>';
        }
        return '<table class="suitecrmbridge-facts">' . $cells . '</table>';
    }

    public static function card(string $title, string $body, string $class = ''): string
    {
        return '<section class="' . self::text(trim("suitecrmbridge-card $class")) . '"><h3>' . self::text($title)
            . '</h3>' . $body . '</section>';
    }

    public static function state(bool $good, string $text): string
    {
        $class = $good ? 'suitecrmbridge-good' : 'suitecrmbridge-bad';
        $sign = $good ? '&#10003;' : '&#10007;';
        return '<span class="' . $class . '">' . $sign . ' ' . self::text($text) . '</span>';
    }

    public static function help(string $text): string
    {
        return '<p class="suitecrmbridge-help">' . self::text($text) . '</p>';
    }

    /** What sends a form: the theme's own white on salmon cannot be read. */
    public static function submit(string $label, string $named = ''): string
    {
        $name = $named === '' ? '' : ' aria-label="' . self::text($named) . '"';
        return '<button type="submit" class="button" style="' . self::READABLE . self::ROOM . "\"$name>" . self::text($label) . '</button>';
    }

    public static function button(string $act, string $label): string
    {
        return self::form($act, [], self::submit($label));
    }

    /**
     * @param array<string, string> $hidden values by name
     * @param string $button already HTML
     */
    public static function form(string $act, array $hidden, string $button): string
    {
        $fields = '';
        foreach (['form' => Form::token(), 'act' => $act] + $hidden as $name => $value) {
            $fields .= '<input type="hidden" name="' . self::text($name) . '" value="' . self::text($value) . '">';
        }
        return '<form method="post" action="index.php?module=Administration&amp;action=suitecrmbridge">'
            . $fields . $button . '</form>';
    }
}
