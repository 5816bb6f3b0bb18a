<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Admin;

use SuiteCRM\Custom\SuiteCRMBridge\Card\Parts;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The parts of the customer card, each with its switch. */
final class CardParts
{
    /** @param string[] $off those that are switched off */
    public static function draw(array $off): string
    {
        $rows = '';
        foreach (Parts::here() as $part) {
            $label = Texts::get('page_card_' . $part);
            $rows .= '<tr><th scope="row">' . Html::text($label) . '<small>'
                . Html::text(Texts::get("page_card_{$part}_help")) . '</small></th><td>'
                . self::button($part, $label, !in_array($part, $off, true)) . '</td></tr>';
        }
        return "<table class=\"suitecrmbridge-rows\"><tbody>$rows</tbody></table>";
    }

    /** It says what is to be, and not that something is to change, so that pressing it twice is as good as once. */
    private static function button(string $part, string $label, bool $isOn): string
    {
        $hidden = ['part' => $part, 'shown' => $isOn ? '0' : '1'];
        return Html::form(Actions::CARD_PART, $hidden, '<button type="submit" role="switch" class="suitecrmbridge-switch"'
            . ' aria-checked="' . ($isOn ? 'true' : 'false') . '" aria-label="' . Html::text($label)
            . '" title="' . Html::text($label) . '"></button>');
    }
}
