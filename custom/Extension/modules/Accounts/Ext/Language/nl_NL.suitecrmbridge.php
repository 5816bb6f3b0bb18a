<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Klantwaarde';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_SEGMENT'] = 'Segment';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_SCORE'] = 'RFM-score';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_RECENCY'] = 'Recentheidsscore';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_FREQUENCY'] = 'Frequentiescore';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_MONETARY'] = 'Bestedingsscore';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_REASON'] = 'Reden';
$mod_strings['LBL_SUITECRMBRIDGE_LIFECYCLE'] = 'Levenscyclus';
$mod_strings['LBL_SUITECRMBRIDGE_FIRST_PURCHASE'] = 'Eerste aankoop';
$mod_strings['LBL_SUITECRMBRIDGE_LAST_PURCHASE'] = 'Laatste aankoop';
$mod_strings['LBL_SUITECRMBRIDGE_PURCHASE_COUNT'] = 'Aankopen';
$mod_strings['LBL_SUITECRMBRIDGE_PURCHASE_TOTAL'] = 'Totaal aankopen';
$mod_strings['LBL_SUITECRMBRIDGE_AVERAGE_PURCHASE'] = 'Gemiddelde aankoop';
$mod_strings['LBL_SUITECRMBRIDGE_NEXT_PURCHASE'] = 'Volgende aankoop verwacht';
$mod_strings['LBL_SUITECRMBRIDGE_ALIVE_PROBABILITY'] = 'Kans nog klant te zijn';
$mod_strings['LBL_SUITECRMBRIDGE_CLV'] = 'Klantlevenswaarde';
$mod_strings['LBL_SUITECRMBRIDGE_CHURN_RISK'] = 'Vertrekrisico';
$mod_strings['LBL_SUITECRMBRIDGE_POTENTIAL_SCORE'] = 'Potentieel';
$mod_strings['LBL_SUITECRMBRIDGE_MARGIN'] = 'Marge';
$mod_strings['LBL_SUITECRMBRIDGE_COST_TO_SERVE'] = 'Servicekosten';
$mod_strings['LBL_SUITECRMBRIDGE_PROFIT'] = 'Winst';
$mod_strings['LBL_SUITECRMBRIDGE_WALLET_SHARE'] = 'Aandeel in bestedingen';
$mod_strings['LBL_SUITECRMBRIDGE_WALLET_ESTIMATE'] = 'Geschatte jaarbehoefte';
$mod_strings['LBL_SUITECRMBRIDGE_SATISFACTION'] = 'Tevredenheid';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_COUNT'] = 'Klachten';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_OPEN'] = 'Openstaande klachten';
$mod_strings['LBL_SUITECRMBRIDGE_LAST_COMPLAINT'] = 'Laatste klacht';
$mod_strings['LBL_SUITECRMBRIDGE_RESOLUTION_DAYS'] = 'Dagen tot oplossing';
$mod_strings['LBL_SUITECRMBRIDGE_PROGRAMME'] = 'Programma';
$mod_strings['LBL_SUITECRMBRIDGE_VALUE_REASON'] = 'Waarde in woorden';
$mod_strings['LBL_SUITECRMBRIDGE_NEXT_OFFER'] = 'Volgende aanbieding';
$mod_strings['LBL_SUITECRMBRIDGE_FRAUD'] = 'Fraude';
$mod_strings['LBL_SUITECRMBRIDGE_REVIEW_FLAG'] = 'Te beoordelen';
$mod_strings['LBL_SUITECRMBRIDGE_REVIEW_REASON'] = 'Reden van beoordeling';
$mod_strings['LBL_SUITECRMBRIDGE_SCORED_AT'] = 'Cijfers per';
