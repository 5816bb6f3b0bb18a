<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Kundenwert';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_SEGMENT'] = 'Segment';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_SCORE'] = 'RFM-Wert';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_RECENCY'] = 'Aktualitätswert';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_FREQUENCY'] = 'Häufigkeitswert';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_MONETARY'] = 'Umsatzwert';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_REASON'] = 'Begründung';
$mod_strings['LBL_SUITECRMBRIDGE_LIFECYCLE'] = 'Lebenszyklus';
$mod_strings['LBL_SUITECRMBRIDGE_FIRST_PURCHASE'] = 'Erster Kauf';
$mod_strings['LBL_SUITECRMBRIDGE_LAST_PURCHASE'] = 'Letzter Kauf';
$mod_strings['LBL_SUITECRMBRIDGE_PURCHASE_COUNT'] = 'Käufe';
$mod_strings['LBL_SUITECRMBRIDGE_PURCHASE_TOTAL'] = 'Gesamtumsatz';
$mod_strings['LBL_SUITECRMBRIDGE_AVERAGE_PURCHASE'] = 'Durchschnittlicher Kauf';
$mod_strings['LBL_SUITECRMBRIDGE_NEXT_PURCHASE'] = 'Nächster Kauf erwartet';
$mod_strings['LBL_SUITECRMBRIDGE_ALIVE_PROBABILITY'] = 'Wahrscheinlichkeit, noch Kunde zu sein';
$mod_strings['LBL_SUITECRMBRIDGE_CLV'] = 'Kundenlebenswert';
$mod_strings['LBL_SUITECRMBRIDGE_CHURN_RISK'] = 'Abwanderungsrisiko';
$mod_strings['LBL_SUITECRMBRIDGE_POTENTIAL_SCORE'] = 'Potenzial';
$mod_strings['LBL_SUITECRMBRIDGE_MARGIN'] = 'Deckungsbeitrag';
$mod_strings['LBL_SUITECRMBRIDGE_COST_TO_SERVE'] = 'Betreuungskosten';
$mod_strings['LBL_SUITECRMBRIDGE_PROFIT'] = 'Gewinn';
$mod_strings['LBL_SUITECRMBRIDGE_WALLET_SHARE'] = 'Lieferanteil';
$mod_strings['LBL_SUITECRMBRIDGE_WALLET_ESTIMATE'] = 'Geschätzter Jahresbedarf';
$mod_strings['LBL_SUITECRMBRIDGE_SATISFACTION'] = 'Zufriedenheit';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_COUNT'] = 'Reklamationen';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_OPEN'] = 'Offene Reklamationen';
$mod_strings['LBL_SUITECRMBRIDGE_LAST_COMPLAINT'] = 'Letzte Reklamation';
$mod_strings['LBL_SUITECRMBRIDGE_RESOLUTION_DAYS'] = 'Tage bis zur Lösung';
$mod_strings['LBL_SUITECRMBRIDGE_PROGRAMME'] = 'Programm';
$mod_strings['LBL_SUITECRMBRIDGE_VALUE_REASON'] = 'Wert in Worten';
$mod_strings['LBL_SUITECRMBRIDGE_NEXT_OFFER'] = 'Nächstes Angebot';
$mod_strings['LBL_SUITECRMBRIDGE_FRAUD'] = 'Betrug';
$mod_strings['LBL_SUITECRMBRIDGE_REVIEW_FLAG'] = 'Zu prüfen';
$mod_strings['LBL_SUITECRMBRIDGE_REVIEW_REASON'] = 'Grund der Prüfung';
$mod_strings['LBL_SUITECRMBRIDGE_SCORED_AT'] = 'Stand der Zahlen';
