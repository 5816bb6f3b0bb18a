<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Card\ActionReason;
use SuiteCRM\Custom\SuiteCRMBridge\Card\Days;
use SuiteCRM\Custom\SuiteCRMBridge\Card\Figures;
use SuiteCRM\Custom\SuiteCRMBridge\Cards;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Why an action is a customer's next one, as the card says it: in the reader's language, with the currency. */
final class Reason
{
    /** @param string $stored what the bridge has written, said where the figures leave no sentence */
    public static function of(string $module, string $id, string $action, string $stored): string
    {
        $bean = \BeanFactory::getBean($module, $id, ['encode' => false]);
        $figures = $bean ? Figures::of($bean) : null;
        if ($figures === null) {
            return $stored;
        }
        $said = (new ActionReason($figures, self::told($module, $id), Days::today()))->text($action);
        return $said === '' ? $stored : $said;
    }

    /** @return array<string, mixed> */
    private static function told(string $module, string $id): array
    {
        try {
            return Cards::facts($module, $id);
        } catch (\RuntimeException $failure) {
            return [];
        }
    }
}
