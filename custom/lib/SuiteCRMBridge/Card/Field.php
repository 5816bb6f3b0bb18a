<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Card;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The field that shows the card at the top of a customer, and their line at the top of a case. */
final class Field
{
    public const NAME = 'suitecrmbridge_card';
    private const VIEW = 'DetailView';
    private const CASES = 'Cases';

    /**
     * The card as HTML; where there is none, the row that it stands in is hidden.
     *
     * SuiteCRM asks for it in every view, forms too, where nobody sees it.
     *
     * @param \SugarBean $bean
     */
    public static function html($bean, string $view): string
    {
        if ($view !== self::VIEW) {
            return '';
        }
        try {
            return $bean->module_dir === self::CASES ? self::line($bean) : self::customer($bean);
        } catch (\Throwable $failure) {
            // Whatever fails here must not take the record with it.
            $GLOBALS['log']->fatal('SuiteCRM Bridge: ' . $failure);
            return Drawing::nothing();
        }
    }

    /** @param \SugarBean $bean */
    private static function line($bean): string
    {
        $line = Parts::isOn(Parts::CASES) ? CaseLine::of($bean) : null;
        return $line === null ? Drawing::nothing() : Drawing::line($line);
    }

    /** @param \SugarBean $bean */
    private static function customer($bean): string
    {
        $figures = Figures::of($bean);
        if ($figures === null) {
            return Drawing::nothing();
        }
        $off = Parts::off();
        $card = in_array(Parts::CARD, $off, true) ? null : CustomerCard::of($bean);
        return self::hidden((string) $bean->module_dir, $figures, $off)
            . ($card === null ? Drawing::nothing() : Drawing::card($card));
    }

    /** @param string[] $off */
    private static function hidden(string $module, Figures $figures, array $off): string
    {
        return in_array(Parts::GROUPS, $off, true)
            ? ''
            : Groups::hidden(Groups::empty($module, $figures), Groups::silent($module, $figures));
    }
}
