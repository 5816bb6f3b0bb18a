<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Competition';
$mod_strings['LBL_SUITECRMBRIDGE_CARD'] = 'Kunde auf einen Blick';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR'] = 'Genannter Mitbewerber';
