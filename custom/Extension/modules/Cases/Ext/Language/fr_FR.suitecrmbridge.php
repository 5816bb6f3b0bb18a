<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Réclamation';
$mod_strings['LBL_SUITECRMBRIDGE_CARD'] = 'Le client en un coup d\'œil';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT'] = 'Réclamation';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_HELP'] = 'Cocher si ce cas est une réclamation.';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_PRODUCT'] = 'Produit concerné';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_PRODUCT_HELP'] = 'Produit sur lequel porte la réclamation.';
$mod_strings['LBL_SUITECRMBRIDGE_AOS_PRODUCTS_ID'] = 'Produit concerné (ID)';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_CAUSE'] = 'Cause';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_CAUSE_HELP'] = 'Cause de la réclamation.';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_CHANNEL'] = 'Canal';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_CHANNEL_HELP'] = 'Par où la réclamation est arrivée.';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR'] = 'Concurrent cité';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR_HELP'] = 'Concurrent cité par le client.';
$mod_strings['LBL_SUITECRMBRIDGE_FIRST_RESPONSE_HOURS'] = 'Première réponse (heures)';
$mod_strings['LBL_SUITECRMBRIDGE_FIRST_RESPONSE_HOURS_HELP'] = 'Heures ouvrées jusqu\'à la première réponse, hors attente du client.';
$mod_strings['LBL_SUITECRMBRIDGE_RESOLUTION_HOURS'] = 'Résolution (heures)';
$mod_strings['LBL_SUITECRMBRIDGE_RESOLUTION_HOURS_HELP'] = 'Heures ouvrées jusqu\'à la clôture, hors attente du client.';
$mod_strings['LBL_SUITECRMBRIDGE_WAITING_HOURS'] = 'Attente du client (heures)';
$mod_strings['LBL_SUITECRMBRIDGE_WAITING_HOURS_HELP'] = 'Heures ouvrées d\'attente du client, une fois terminée, selon le statut ; vide si le passé de celui-ci est inconnu.';
$mod_strings['LBL_SUITECRMBRIDGE_SLA_BREACHED'] = 'Délai dépassé';
$mod_strings['LBL_SUITECRMBRIDGE_SLA_BREACHED_HELP'] = 'La première réponse ou la résolution a dépassé le délai de sa priorité.';
$mod_strings['LBL_SUITECRMBRIDGE_PROMISED_BY'] = 'Résolution promise pour le';
$mod_strings['LBL_SUITECRMBRIDGE_PROMISED_BY_HELP'] = 'Fin du délai de résolution de sa priorité, en heures ouvrées ; vide tant que le cas attend le client, et une fois fermé.';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_THEME'] = 'Thème';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_THEME_HELP'] = 'Thème trouvé dans les textes des réclamations.';
$mod_strings['LBL_SUITECRMBRIDGE_CUSTOMER_SEGMENT'] = 'Segment du client';
$mod_strings['LBL_SUITECRMBRIDGE_CUSTOMER_SEGMENT_HELP'] = 'Segment du client qui réclame.';
