<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$dictionary['Opportunity']['fields']['competitor_c']['popupHelp'] = 'LBL_SUITECRMBRIDGE_COMPETITOR_HELP';
