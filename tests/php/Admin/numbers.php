<?php

// The function of SuiteCRM that writes numbers; only for tests in a process of their own.

function format_number($number, $round = null, $decimals = null)
{
    return number_format($number, $decimals ?? 0);
}
