<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Offers;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What SuiteCRM calls when somebody comes in. */
final class Hooks
{
    /** Whatever fails here must not keep anybody out. */
    public function meet(): void
    {
        $user = $GLOBALS['current_user'] ?? null;
        if (empty($user->id) || !empty($user->is_group) || !empty($user->portal_only)) {
            return;
        }
        foreach (Offers::ALL as $name => $offer) {
            if (!is_subclass_of($offer, PersonalOffer::class)) {
                continue;
            }
            try {
                $offer::meet($user);
            } catch (\Throwable $failure) {
                $GLOBALS['log']->error("SuiteCRM Bridge: $name for {$user->id}: $failure");
            }
        }
    }
}
