<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Admin;

use SuiteCRM\Custom\SuiteCRMBridge\Offers\Offers;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** A row for each thing that can be put on everybody's screens, with the button that does it or undoes it. */
final class OffersTable
{
    private const HOME = 'home';

    /** @param array<string, bool> $offers whether each is on, by name */
    public static function draw(array $offers): string
    {
        $rows = '';
        foreach ($offers as $name => $isOn) {
            $rows .= self::row($name, $isOn);
        }
        $heads = '';
        foreach (['what', 'state'] as $head) {
            $heads .= '<th scope="col">' . Html::text(Texts::get('offer_' . $head)) . '</th>';
        }
        return Html::help(Texts::get('offers_help'))
            . "<table class=\"suitecrmbridge-rows\"><thead><tr>$heads<td></td></tr></thead><tbody>$rows</tbody></table>";
    }

    /** @return array<string, bool> */
    public static function states(): array
    {
        return array_map(static function (string $offer): bool {
            return $offer::isOn();
        }, Offers::ALL);
    }

    private static function row(string $name, bool $isOn): string
    {
        $label = Texts::get('offer_' . $name);
        return '<tr><th scope="row">' . Html::text($label)
            . '<small>' . Html::text(Texts::get('offer_' . $name . '_help')) . '</small></th>'
            . '<td>' . self::state($isOn) . ($name === self::HOME && $isOn ? AudienceChoice::told() : '') . '</td>'
            . '<td>' . self::form($name, $label, $isOn) . '</td></tr>';
    }

    private static function state(bool $isOn): string
    {
        return $isOn
            ? Html::state(true, Texts::get('offer_on'))
            : Html::text(Texts::get('offer_off'));
    }

    private static function form(string $name, string $label, bool $isOn): string
    {
        $verb = Texts::get($isOn ? 'offer_take_away' : 'offer_add');
        $named = Texts::get('page_pair', ['name' => $verb, 'value' => $label]);
        return Html::form(
            Actions::OFFER,
            ['offer' => $name, 'wanted' => $isOn ? '0' : '1'],
            ($name === self::HOME && !$isOn ? AudienceChoice::draw() : '') . Html::submit($verb, $named)
        );
    }
}
