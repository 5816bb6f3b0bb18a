<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Competition';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR'] = 'Genoemde concurrent';
