<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Valore del cliente';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_SEGMENT'] = 'Segmento';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_SCORE'] = 'Punteggio RFM';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_RECENCY'] = 'Punteggio di recenza';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_FREQUENCY'] = 'Punteggio di frequenza';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_MONETARY'] = 'Punteggio di spesa';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_REASON'] = 'Motivazione';
$mod_strings['LBL_SUITECRMBRIDGE_LIFECYCLE'] = 'Ciclo di vita';
$mod_strings['LBL_SUITECRMBRIDGE_FIRST_PURCHASE'] = 'Primo acquisto';
$mod_strings['LBL_SUITECRMBRIDGE_LAST_PURCHASE'] = 'Ultimo acquisto';
$mod_strings['LBL_SUITECRMBRIDGE_PURCHASE_COUNT'] = 'Acquisti';
$mod_strings['LBL_SUITECRMBRIDGE_PURCHASE_TOTAL'] = 'Totale acquisti';
$mod_strings['LBL_SUITECRMBRIDGE_AVERAGE_PURCHASE'] = 'Acquisto medio';
$mod_strings['LBL_SUITECRMBRIDGE_NEXT_PURCHASE'] = 'Prossimo acquisto previsto';
$mod_strings['LBL_SUITECRMBRIDGE_ALIVE_PROBABILITY'] = 'Probabilità di essere ancora cliente';
$mod_strings['LBL_SUITECRMBRIDGE_CLV'] = 'Valore del ciclo di vita';
$mod_strings['LBL_SUITECRMBRIDGE_CHURN_RISK'] = 'Rischio di abbandono';
$mod_strings['LBL_SUITECRMBRIDGE_POTENTIAL_SCORE'] = 'Potenziale';
$mod_strings['LBL_SUITECRMBRIDGE_MARGIN'] = 'Margine';
$mod_strings['LBL_SUITECRMBRIDGE_COST_TO_SERVE'] = 'Costo di servizio';
$mod_strings['LBL_SUITECRMBRIDGE_PROFIT'] = 'Profitto';
$mod_strings['LBL_SUITECRMBRIDGE_WALLET_SHARE'] = 'Quota di portafoglio';
$mod_strings['LBL_SUITECRMBRIDGE_WALLET_ESTIMATE'] = 'Fabbisogno annuo stimato';
$mod_strings['LBL_SUITECRMBRIDGE_SATISFACTION'] = 'Soddisfazione';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_COUNT'] = 'Reclami';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_OPEN'] = 'Reclami aperti';
$mod_strings['LBL_SUITECRMBRIDGE_LAST_COMPLAINT'] = 'Ultimo reclamo';
$mod_strings['LBL_SUITECRMBRIDGE_RESOLUTION_DAYS'] = 'Giorni alla risoluzione';
$mod_strings['LBL_SUITECRMBRIDGE_PROGRAMME'] = 'Programma';
$mod_strings['LBL_SUITECRMBRIDGE_VALUE_REASON'] = 'Il valore in parole';
$mod_strings['LBL_SUITECRMBRIDGE_NEXT_OFFER'] = 'Prossima offerta';
$mod_strings['LBL_SUITECRMBRIDGE_FRAUD'] = 'Frode';
$mod_strings['LBL_SUITECRMBRIDGE_REVIEW_FLAG'] = 'Da esaminare';
$mod_strings['LBL_SUITECRMBRIDGE_REVIEW_REASON'] = 'Motivo dell\'esame';
$mod_strings['LBL_SUITECRMBRIDGE_SCORED_AT'] = 'Dati aggiornati al';
