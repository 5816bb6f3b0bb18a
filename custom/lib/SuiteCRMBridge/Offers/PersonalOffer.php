<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Offers;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** An offer of which SuiteCRM keeps a copy for each user. */
interface PersonalOffer extends Offer
{
    /**
     * Give the current user what they lack of it, in their own language, or take away what is off.
     *
     * @param \User $user who has just come in
     */
    public static function meet($user): void;
}
