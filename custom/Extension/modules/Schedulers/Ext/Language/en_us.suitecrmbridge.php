<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_WATCH'] = 'SuiteCRM Bridge: do syncs still happen?';
