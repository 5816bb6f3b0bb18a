<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Klacht';
$mod_strings['LBL_SUITECRMBRIDGE_CARD'] = 'Klant in één oogopslag';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT'] = 'Klacht';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_PRODUCT'] = 'Betrokken product';
$mod_strings['LBL_SUITECRMBRIDGE_AOS_PRODUCTS_ID'] = 'Betrokken product (ID)';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_CAUSE'] = 'Oorzaak';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_CHANNEL'] = 'Kanaal';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR'] = 'Genoemde concurrent';
$mod_strings['LBL_SUITECRMBRIDGE_FIRST_RESPONSE_HOURS'] = 'Eerste reactie (uren)';
$mod_strings['LBL_SUITECRMBRIDGE_RESOLUTION_HOURS'] = 'Oplossing (uren)';
$mod_strings['LBL_SUITECRMBRIDGE_WAITING_HOURS'] = 'Wachten op de klant (uren)';
$mod_strings['LBL_SUITECRMBRIDGE_SLA_BREACHED'] = 'Termijn overschreden';
$mod_strings['LBL_SUITECRMBRIDGE_PROMISED_BY'] = 'Oplossing toegezegd vóór';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_THEME'] = 'Thema';
$mod_strings['LBL_SUITECRMBRIDGE_CUSTOMER_SEGMENT'] = 'Segment van de klant';
