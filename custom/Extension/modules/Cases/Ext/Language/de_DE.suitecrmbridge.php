<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Reklamation';
$mod_strings['LBL_SUITECRMBRIDGE_CARD'] = 'Kunde auf einen Blick';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT'] = 'Reklamation';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_PRODUCT'] = 'Betroffenes Produkt';
$mod_strings['LBL_SUITECRMBRIDGE_AOS_PRODUCTS_ID'] = 'Betroffenes Produkt (ID)';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_CAUSE'] = 'Ursache';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_CHANNEL'] = 'Kanal';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR'] = 'Genannter Mitbewerber';
$mod_strings['LBL_SUITECRMBRIDGE_FIRST_RESPONSE_HOURS'] = 'Erste Antwort (Stunden)';
$mod_strings['LBL_SUITECRMBRIDGE_RESOLUTION_HOURS'] = 'Lösung (Stunden)';
$mod_strings['LBL_SUITECRMBRIDGE_WAITING_HOURS'] = 'Warten auf den Kunden (Stunden)';
$mod_strings['LBL_SUITECRMBRIDGE_SLA_BREACHED'] = 'Frist überschritten';
$mod_strings['LBL_SUITECRMBRIDGE_PROMISED_BY'] = 'Lösung zugesagt bis';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_THEME'] = 'Thema';
$mod_strings['LBL_SUITECRMBRIDGE_CUSTOMER_SEGMENT'] = 'Segment des Kunden';
