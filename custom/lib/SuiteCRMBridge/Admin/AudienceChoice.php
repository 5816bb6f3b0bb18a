<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Admin;

use SuiteCRM\Custom\SuiteCRMBridge\Offers\HomeTab;
use SuiteCRM\Custom\SuiteCRMBridge\Offers\Roles;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Who is to have the tab: everybody, or the users of some roles. */
final class AudienceChoice
{
    /** The inputs, within the form of the button; nothing to choose where there is no role. */
    public static function draw(): string
    {
        $roles = Roles::all();
        if ($roles === []) {
            return '';
        }
        $boxes = '';
        foreach ($roles as $id => $name) {
            $boxes .= self::input('checkbox', 'roles[]', (string) $id, $name, false);
        }
        return '<fieldset class="suitecrmbridge-audience"><legend>' . Html::text(Texts::get('offer_home_audience'))
            . '</legend>' . self::input('radio', 'audience', 'all', Texts::get('offer_home_all'), true)
            . self::input('radio', 'audience', HomeTab::SOME, Texts::get('offer_home_some'), false)
            . "<div>$boxes</div></fieldset>";
    }

    /** Who has it now. */
    public static function told(): string
    {
        $names = array_intersect_key(Roles::all(), array_flip(HomeTab::roles()));
        $text = HomeTab::roles() === []
            ? Texts::get('offer_home_for_all')
            : Texts::get('offer_home_for_roles', ['roles' => implode(', ', $names)]);
        return '<small>' . Html::text($text) . '</small>';
    }

    private static function input(string $type, string $name, string $value, string $label, bool $isChosen): string
    {
        return "<label><input type=\"$type\" name=\"" . Html::text($name) . '" value="' . Html::text($value) . '"'
            . ($isChosen ? ' checked' : '') . '> ' . Html::text($label) . '</label>';
    }
}
