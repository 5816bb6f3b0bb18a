<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Card;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Html;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Links;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Numbers;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * The card as HTML: what to do first, then who it is for, then what is at stake.
 *
 * Colours of text are the theme's; whatever a colour says, a word says too.
 */
final class Drawing
{
    private const ROW = '.detail-view-row-item[data-field="' . Field::NAME . '"]';
    /** SuiteCRM gives a field a label beside it; the card takes the whole row. */
    private const STYLE = '<style>'
        . self::ROW . '>.label{display:none}'
        . self::ROW . '>.detail-view-field{display:block;width:100%;max-width:none;float:none;padding:0;'
        . 'background:transparent}' . self::ROW . '>.detail-view-field>span{display:block;width:100%}'
        . '.scrmb-card{border:1px solid rgba(128,128,128,.6);border-left-width:8px;border-radius:4px;padding:10px 14px;margin:0 0 10px;'
        . 'line-height:1.4;font-size:14px;white-space:normal;overflow-wrap:anywhere;text-align:left}'
        . '.scrmb-card h3,.scrmb-card p,.scrmb-card dl,.scrmb-card dd,.scrmb-card dt{margin:0;padding:0;border:0;'
        . 'font-size:inherit;font-weight:400;color:inherit;background:none;text-transform:none;letter-spacing:normal}'
        . '.scrmb-head{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:flex-start}'
        . '.scrmb-do{flex:3 1 300px}.scrmb-who{flex:2 1 220px;display:flex;gap:10px}.scrmb-stake{flex:1 1 130px}'
        . '.scrmb-card .scrmb-small{font-size:12px}'
        . '.scrmb-card .scrmb-big{font-size:20px;font-weight:700;line-height:1.25}'
        . '.scrmb-name{display:inline-block;padding:1px 10px;border-radius:10px;font-weight:700}'
        . '.scrmb-card dl.scrmb-facts{display:flex;flex-wrap:wrap;gap:8px 24px;margin-top:10px;padding-top:8px;'
        . 'border-top:1px solid rgba(128,128,128,.6)}'
        . '.scrmb-facts>div{flex:1 1 170px}.scrmb-card .scrmb-facts dt{font-size:12px}'
        . '.scrmb-card ul.scrmb-line{display:flex;flex-wrap:wrap;gap:4px 18px;align-items:baseline;list-style:none;margin:0;padding:0}'
        . '.scrmb-card .scrmb-line li{margin:0;padding:0}'
        . '.scrmb-warn{display:inline-block;background:#b3261e;color:#fff;border-radius:3px;padding:0 6px;margin:2px 6px 2px 0}'
        . '</style>';
    private const FACTS = ['purchases', 'value', 'complaints', 'satisfaction', 'offer', 'programme'];

    /** What takes the place of a card that there is none of. */
    public static function nothing(): string
    {
        return '<style>' . self::ROW . '{display:none}</style>';
    }

    /** @param array<string, array<string, mixed>> $card as `CustomerCard` makes it */
    public static function card(array $card): string
    {
        $colour = Html::text($card['segment']['colour'] ?? 'currentColor');
        return self::STYLE . '<section class="scrmb-card" style="border-left-color:' . $colour . '" aria-label="'
            . Html::text(Texts::get('card_title')) . '"><div class="scrmb-head">'
            . self::action($card) . self::segment($card) . self::stake($card) . '</div>'
            . self::facts($card) . '</section>';
    }

    private static function action(array $card): string
    {
        $warnings = '';
        foreach ($card['flags']['all'] ?? [] as $flag) {
            $warnings .= self::warning($flag['label']);
        }
        $action = $card['action'] ?? null;
        if ($action === null) {
            return $warnings === '' ? '' : '<div class="scrmb-do">' . $warnings . '</div>';
        }
        $due = '';
        if ($action['due'] !== '') {
            $text = Texts::get($action['late'] ? 'card_overdue' : 'card_due', ['day' => $action['due']]);
            $due = ' ' . ($action['late'] ? self::warning($text) : '<span>' . Html::text($text) . '</span>');
        }
        return '<div class="scrmb-do"><h3 class="scrmb-small">' . Html::text($action['heading']) . '</h3>'
            . '<p><span class="scrmb-big">' . Html::text($action['label']) . '</span>' . $due . '</p>'
            . self::text($action['why']) . $warnings . '</div>';
    }

    private static function segment(array $card): string
    {
        $segment = $card['segment'] ?? null;
        if ($segment === null) {
            return '';
        }
        $map = $segment['cell'] === null ? '' : Map::draw(...$segment['cell']);
        return '<div class="scrmb-who">' . $map . '<div><h3 class="scrmb-small">' . Html::text($segment['heading'])
            . '</h3><p>' . self::name($segment) . '</p>'
            . self::text($segment['why']) . self::text($segment['before']) . '</div></div>';
    }

    /** What is at stake; where it is nothing to speak of, what is expected. */
    private static function stake(array $card): string
    {
        $stake = $card['stake'] ?? $card['value'] ?? null;
        return $stake === null ? '' : '<div class="scrmb-stake"><h3 class="scrmb-small">' . Html::text($stake['heading'])
            . '</h3><p class="scrmb-big">' . Html::text($stake['amount']) . '</p></div>';
    }

    private static function facts(array $card): string
    {
        $facts = '';
        foreach (self::FACTS as $name) {
            $isAbove = $name === 'value' && !isset($card['stake']);
            if (isset($card[$name]) && !$isAbove) {
                $facts .= '<div><dt>' . Html::text($card[$name]['heading']) . '</dt><dd>'
                    . self::fact($name, $card[$name]) . '</dd></div>';
            }
        }
        $timeline = self::timeline($card);
        if ($facts . $timeline !== '' && isset($card['as_of'])) {
            $facts .= '<div><dt>' . Html::text($card['as_of']['heading']) . '</dt><dd>'
                . Html::text($card['as_of']['day']) . $timeline . '</dd></div>';
        }
        return $facts === '' ? '' : '<dl class="scrmb-facts">' . $facts . '</dl>';
    }

    private static function timeline(array $card): string
    {
        $address = $card['timeline']['address'] ?? '';
        return $address === '' ? '' : '<p>' . Html::link($address, Html::text($card['timeline']['heading'])) . '</p>';
    }

    private static function fact(string $name, array $part): string
    {
        switch ($name) {
            case 'purchases':
                $next = $part['late'] ? self::warning($part['next']) : self::text($part['next']);
                $year = $part['months'] === [] ? '' : YearLine::draw($part['months'], $part['expected']);
                return $year . self::text($part['text']) . self::text($part['last']) . $next;
            case 'complaints':
                $text = $part['open'] > 0 ? self::warning($part['text']) : self::text($part['text']);
                return $text . self::text($part['last']);
            case 'satisfaction':
                return $part['level'] === 'low' ? self::warning($part['text']) : self::text($part['text']);
            case 'programme':
                return self::text($part['label']) . self::text($part['since']);
            case 'offer':
                return self::text($part['product']);
            default:
                return self::text($part['amount']);
        }
    }

    /** @param array<string, array<string, mixed>> $line as `CaseLine` makes it */
    public static function line(array $line): string
    {
        $customer = $line['customer'];
        $colour = $line['segment']['colour'] ?? 'currentColor';
        $parts = [Html::link((new Links($customer['module']))->record($customer['id']), Html::text($customer['name']))];
        if (isset($line['segment'])) {
            $parts[] = self::name($line['segment']);
        }
        foreach ($line['flags']['all'] ?? [] as $flag) {
            $parts[] = self::warning($flag['label']);
        }
        if (isset($line['value'])) {
            $parts[] = Html::text(Texts::get('card_line_value', ['amount' => $line['value']['amount']]));
        }
        if (isset($line['complaints'])) {
            $count = $line['complaints']['count'];
            $parts[] = Html::text(Texts::get('card_line_complaints', ['count' => $count, 'complaints' => Numbers::whole($count)]));
        }
        if (isset($line['promise'])) {
            $text = $line['promise']['text'];
            $parts[] = $line['promise']['late'] ? self::warning($text) : Html::text($text);
        }
        $items = '<li>' . implode('</li><li>', $parts) . '</li>';
        return self::STYLE . '<section class="scrmb-card" style="border-left-color:' . Html::text($colour) . '" aria-label="'
            . Html::text(Texts::get('card_title')) . '"><ul class="scrmb-line">' . $items . '</ul></section>';
    }

    /** A segment's name on its colour. */
    private static function name(array $segment): string
    {
        return '<span class="scrmb-name" style="background:' . Html::text($segment['colour']) . ';color:'
            . Html::inkOn($segment['colour']) . '">' . Html::text($segment['label']) . '</span>';
    }

    private static function text(string $text): string
    {
        return $text === '' ? '' : '<p>' . Html::text($text) . '</p>';
    }

    /** What must not be overlooked. */
    private static function warning(string $text): string
    {
        return $text === '' ? '' : '<span class="scrmb-warn">' . Html::text($text) . '</span>';
    }
}
