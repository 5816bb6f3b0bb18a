<?php
$job_strings[] = 'suitecrmbridge_watch';
if (!function_exists('suitecrmbridge_watch')) {
    function suitecrmbridge_watch()
    {
        return \SuiteCRM\Custom\SuiteCRMBridge\Watch::look();
    }
}
