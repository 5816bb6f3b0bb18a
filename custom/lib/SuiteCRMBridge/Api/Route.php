<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** One of the fast routes. */
interface Route
{
    /** Answer a request of the current user, admitted by Guard. */
    public function answer(Request $request, Output $output): void;
}
