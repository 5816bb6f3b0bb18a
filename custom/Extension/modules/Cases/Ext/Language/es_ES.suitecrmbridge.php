<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Reclamación';
$mod_strings['LBL_SUITECRMBRIDGE_CARD'] = 'El cliente de un vistazo';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT'] = 'Reclamación';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_PRODUCT'] = 'Producto afectado';
$mod_strings['LBL_SUITECRMBRIDGE_AOS_PRODUCTS_ID'] = 'Producto afectado (ID)';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_CAUSE'] = 'Causa';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_CHANNEL'] = 'Canal';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR'] = 'Competidor mencionado';
$mod_strings['LBL_SUITECRMBRIDGE_FIRST_RESPONSE_HOURS'] = 'Primera respuesta (horas)';
$mod_strings['LBL_SUITECRMBRIDGE_RESOLUTION_HOURS'] = 'Resolución (horas)';
$mod_strings['LBL_SUITECRMBRIDGE_WAITING_HOURS'] = 'Espera del cliente (horas)';
$mod_strings['LBL_SUITECRMBRIDGE_SLA_BREACHED'] = 'Plazo incumplido';
$mod_strings['LBL_SUITECRMBRIDGE_PROMISED_BY'] = 'Resolución prometida para';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_THEME'] = 'Tema';
$mod_strings['LBL_SUITECRMBRIDGE_CUSTOMER_SEGMENT'] = 'Segmento del cliente';
