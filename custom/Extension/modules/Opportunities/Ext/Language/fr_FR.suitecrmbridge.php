<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Concurrence';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR'] = 'Concurrent cité';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR_HELP'] = 'Concurrent cité par le client.';
