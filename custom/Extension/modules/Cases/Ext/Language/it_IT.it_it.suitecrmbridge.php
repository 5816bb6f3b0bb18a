<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Reclamo';
$mod_strings['LBL_SUITECRMBRIDGE_CARD'] = 'Il cliente a colpo d\'occhio';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT'] = 'Reclamo';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_PRODUCT'] = 'Prodotto interessato';
$mod_strings['LBL_SUITECRMBRIDGE_AOS_PRODUCTS_ID'] = 'Prodotto interessato (ID)';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_CAUSE'] = 'Causa';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_CHANNEL'] = 'Canale';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR'] = 'Concorrente citato';
$mod_strings['LBL_SUITECRMBRIDGE_FIRST_RESPONSE_HOURS'] = 'Prima risposta (ore)';
$mod_strings['LBL_SUITECRMBRIDGE_RESOLUTION_HOURS'] = 'Risoluzione (ore)';
$mod_strings['LBL_SUITECRMBRIDGE_WAITING_HOURS'] = 'Attesa del cliente (ore)';
$mod_strings['LBL_SUITECRMBRIDGE_SLA_BREACHED'] = 'Termine superato';
$mod_strings['LBL_SUITECRMBRIDGE_PROMISED_BY'] = 'Risoluzione promessa entro';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_THEME'] = 'Tema';
$mod_strings['LBL_SUITECRMBRIDGE_CUSTOMER_SEGMENT'] = 'Segmento del cliente';
