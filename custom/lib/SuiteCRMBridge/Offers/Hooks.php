<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Offers;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What SuiteCRM calls when somebody comes in; whatever fails here must not keep anybody out. */
final class Hooks
{
    /** Somebody has logged in. */
    public function meet(): void
    {
        foreach (Offers::ALL as $offer) {
            if (is_subclass_of($offer, PersonalOffer::class)) {
                self::give($offer);
            }
        }
    }

    /** Somebody has opened the home page: who was logged in already sees the tab when they open it again. */
    public function home(): void
    {
        self::give(HomeTab::class);
    }

    /** @param class-string<PersonalOffer> $offer */
    private static function give(string $offer): void
    {
        $user = $GLOBALS['current_user'] ?? null;
        if (empty($user->id) || !empty($user->is_group) || !empty($user->portal_only)) {
            return;
        }
        try {
            $offer::meet($user);
        } catch (\Throwable $failure) {
            $GLOBALS['log']->error("SuiteCRM Bridge: $offer for {$user->id}: $failure");
        }
    }
}
