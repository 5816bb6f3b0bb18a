<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Reclamação';
$mod_strings['LBL_SUITECRMBRIDGE_CARD'] = 'O cliente em resumo';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT'] = 'Reclamação';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_PRODUCT'] = 'Produto em questão';
$mod_strings['LBL_SUITECRMBRIDGE_AOS_PRODUCTS_ID'] = 'Produto em questão (ID)';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_CAUSE'] = 'Causa';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_CHANNEL'] = 'Canal';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR'] = 'Concorrente citado';
$mod_strings['LBL_SUITECRMBRIDGE_FIRST_RESPONSE_HOURS'] = 'Primeira resposta (horas)';
$mod_strings['LBL_SUITECRMBRIDGE_RESOLUTION_HOURS'] = 'Resolução (horas)';
$mod_strings['LBL_SUITECRMBRIDGE_WAITING_HOURS'] = 'Espera pelo cliente (horas)';
$mod_strings['LBL_SUITECRMBRIDGE_SLA_BREACHED'] = 'Prazo descumprido';
$mod_strings['LBL_SUITECRMBRIDGE_PROMISED_BY'] = 'Resolução prometida até';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_THEME'] = 'Tema';
$mod_strings['LBL_SUITECRMBRIDGE_CUSTOMER_SEGMENT'] = 'Segmento do cliente';
