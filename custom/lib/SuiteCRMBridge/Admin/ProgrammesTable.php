<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Admin;

use SuiteCRM\Custom\SuiteCRMBridge\Texts;
use SuiteCRM\Custom\SuiteCRMBridge\Told;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** A row a programme, with the switch that the next synchronisation obeys. */
final class ProgrammesTable
{
    public const STYLE = '
        .suitecrmbridge-wide { flex-basis: 100%; overflow-x: auto; }
        .suitecrmbridge-rows { width: 100%; border-collapse: collapse; }
        .suitecrmbridge-rows th, .suitecrmbridge-rows td { padding: 8px 12px 8px 0; text-align: left;
            vertical-align: top; border-bottom: 1px solid #eee; }
        .suitecrmbridge-rows thead th { color: #666; font-weight: normal; }
        .suitecrmbridge-rows .suitecrmbridge-number { text-align: right; white-space: nowrap; }
        .suitecrmbridge-rows small { display: block; color: #666; font-weight: normal; }
        .suitecrmbridge-rows form { margin: 0; } .suitecrmbridge-rows .button { white-space: nowrap; }
        .suitecrmbridge-audience { border: 0; margin: 0 0 8px; padding: 0; }
        .suitecrmbridge-audience legend { border: 0; margin: 0; font-size: inherit; color: #666;
            text-align: left; }
        .suitecrmbridge-audience label { display: block; font-weight: normal; margin: 2px 0; }
        .suitecrmbridge-audience div { margin-left: 20px; }
        button.suitecrmbridge-switch { position: relative; width: 44px; height: 24px; min-width: 0; margin: 0;
            padding: 0; border: 0; border-radius: 12px; background: #8a94a0; cursor: pointer; }
        button.suitecrmbridge-switch::after { content: ""; position: absolute; top: 3px; left: 3px; width: 18px;
            height: 18px; border-radius: 50%; background: #fff; }
        button.suitecrmbridge-switch[aria-checked="true"] { background: #1a7f4b; }
        button.suitecrmbridge-switch[aria-checked="true"]::after { left: 23px; }
        button.suitecrmbridge-switch:focus { outline: 2px solid #1a5fb4; outline-offset: 2px; }
        .suitecrmbridge-waits { color: #8a5a00; }';

    private const NUMBERS = ['people', 'controls', 'waiting', 'contacts'];

    /**
     * @param array<int, array<string, mixed>> $programmes as the bridge told them
     * @param array<string, array<string, mixed>> $wishes by programme
     */
    public static function draw(array $programmes, array $wishes): string
    {
        if ($programmes === []) {
            return Html::help(Texts::get('page_no_programmes'));
        }
        $heads = '';
        foreach (['programme', 'switch', 'state'] as $name) {
            $heads .= '<th scope="col">' . Html::text(Texts::get('page_programme_' . $name)) . '</th>';
        }
        foreach (self::NUMBERS as $name) {
            $heads .= '<th scope="col" class="suitecrmbridge-number">'
                . Html::text(Texts::get('page_programme_' . $name)) . '</th>';
        }
        $heads .= '<th scope="col">' . Html::text(Texts::get('page_programme_verdict')) . '</th>';
        $rows = '';
        foreach ($programmes as $programme) {
            $rows .= self::row($programme, $wishes[$programme['key']] ?? null);
        }
        return Html::help(Texts::get('page_programmes_help'))
            . "<table class=\"suitecrmbridge-rows\"><thead><tr>$heads</tr></thead><tbody>$rows</tbody></table>";
    }

    /** @param array<string, mixed>|null $wish */
    private static function row(array $programme, ?array $wish): string
    {
        $label = Told::text($programme['label']);
        $isWanted = $wish === null ? $programme['state'] === 'running' : $wish['running'];
        $cells = '<th scope="row">' . Html::text($label)
            . '<small>' . Html::text(Told::text($programme['description'])) . '</small></th>'
            . '<td>' . self::button($programme['key'], $label, $isWanted) . '</td>'
            . '<td>' . Html::text(Told::state($programme)) . self::waits($wish) . '</td>';
        // Of a programme that never ran there is nothing to count.
        $isFresh = $programme['state'] !== 'running'
            && array_filter(array_intersect_key($programme, array_flip(self::NUMBERS))) === [];
        foreach (self::NUMBERS as $name) {
            $number = $isFresh ? '' : Html::text(format_number($programme[$name], 0, 0));
            $cells .= '<td class="suitecrmbridge-number">' . $number . '</td>';
        }
        return "<tr>$cells<td>" . Html::text(Told::verdict($programme)) . '</td></tr>';
    }

    /** @param array<string, mixed>|null $wish */
    private static function waits(?array $wish): string
    {
        if ($wish === null) {
            return '';
        }
        $moment = gmdate('Y-m-d H:i:s', $wish['at']);
        return '<small class="suitecrmbridge-waits">' . Html::text(Texts::get(
            $wish['running'] ? 'page_programme_wished_on' : 'page_programme_wished_off',
            ['by' => $wish['by'], 'at' => \TimeDate::getInstance()->to_display_date_time($moment)]
        )) . '</small>';
    }

    /** It says what is to be, and not that something is to change, so that pressing it twice is as good as once. */
    private static function button(string $key, string $label, bool $isOn): string
    {
        $hidden = ['programme' => $key, 'running' => $isOn ? '0' : '1'];
        $hint = Texts::get($isOn ? 'page_programme_turn_off' : 'page_programme_turn_on', ['programme' => $label]);
        return Html::form(Actions::PROGRAMME, $hidden, '<button type="submit" role="switch" class="suitecrmbridge-switch"'
            . ' aria-checked="' . ($isOn ? 'true' : 'false') . '" aria-label="' . Html::text($hint)
            . '" title="' . Html::text($hint) . '"></button>');
    }
}
