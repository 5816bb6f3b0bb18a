<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Chance et valeur';
$mod_strings['LBL_SUITECRMBRIDGE_NO_PROFILING'] = 'Opposition au profilage';
$mod_strings['LBL_SUITECRMBRIDGE_NO_PROFILING_HELP'] = 'Cocher si ce client s\'oppose au profilage à des fins de prospection ; aucun programme ne s\'adresse alors à lui.';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR'] = 'Concurrent cité';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR_HELP'] = 'Concurrent cité par le client.';
$mod_strings['LBL_SUITECRMBRIDGE_LEAD_SCORE'] = 'Chance de devenir client (%)';
$mod_strings['LBL_SUITECRMBRIDGE_LEAD_SCORE_HELP'] = 'En pourcentage, sous 180 jours, d\'après le devenir des prospects précédents ; vide pour les prospects fermés, et si trop peu est connu pour le dire.';
$mod_strings['LBL_SUITECRMBRIDGE_LEAD_VALUE'] = 'Valeur attendue';
$mod_strings['LBL_SUITECRMBRIDGE_LEAD_VALUE_HELP'] = 'La chance multipliée par ce qu\'un client de cette origine rapporte la première année, en devise de base.';
$mod_strings['LBL_SUITECRMBRIDGE_LEAD_REASON'] = 'Motif de la chance';
$mod_strings['LBL_SUITECRMBRIDGE_LEAD_REASON_HELP'] = 'Ce qui parle pour et contre ce prospect, en clair.';
