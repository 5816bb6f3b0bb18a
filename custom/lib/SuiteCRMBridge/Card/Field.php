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
            if ($bean->module_dir === self::CASES) {
                $line = CaseLine::of($bean);
                return $line === null ? Drawing::nothing() : Drawing::line($line);
            }
            $figures = Figures::of($bean);
            $groups = $figures === null ? '' : Groups::hidden(Groups::empty((string) $bean->module_dir, $figures));
            $card = CustomerCard::of($bean);
            return $groups . ($card === null ? Drawing::nothing() : Drawing::card($card));
        } catch (\Throwable $failure) {
            // Whatever fails here must not take the record with it.
            $GLOBALS['log']->fatal('SuiteCRM Bridge: ' . $failure);
            return Drawing::nothing();
        }
    }
}
