<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Competition';
$mod_strings['LBL_SUITECRMBRIDGE_CARD'] = 'Il cliente a colpo d\'occhio';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR'] = 'Concorrente citato';
