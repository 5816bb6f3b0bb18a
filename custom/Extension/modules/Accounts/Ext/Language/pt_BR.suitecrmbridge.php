<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Valor do cliente';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_SEGMENT'] = 'Segmento';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_SCORE'] = 'Pontuação RFM';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_RECENCY'] = 'Pontuação de recência';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_FREQUENCY'] = 'Pontuação de frequência';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_MONETARY'] = 'Pontuação de valor';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_REASON'] = 'Motivo';
$mod_strings['LBL_SUITECRMBRIDGE_LIFECYCLE'] = 'Ciclo de vida';
$mod_strings['LBL_SUITECRMBRIDGE_FIRST_PURCHASE'] = 'Primeira compra';
$mod_strings['LBL_SUITECRMBRIDGE_LAST_PURCHASE'] = 'Última compra';
$mod_strings['LBL_SUITECRMBRIDGE_PURCHASE_COUNT'] = 'Compras';
$mod_strings['LBL_SUITECRMBRIDGE_PURCHASE_TOTAL'] = 'Total de compras';
$mod_strings['LBL_SUITECRMBRIDGE_AVERAGE_PURCHASE'] = 'Compra média';
$mod_strings['LBL_SUITECRMBRIDGE_NEXT_PURCHASE'] = 'Próxima compra prevista';
$mod_strings['LBL_SUITECRMBRIDGE_ALIVE_PROBABILITY'] = 'Probabilidade de ainda ser cliente';
$mod_strings['LBL_SUITECRMBRIDGE_CLV'] = 'Valor vitalício';
$mod_strings['LBL_SUITECRMBRIDGE_CHURN_RISK'] = 'Risco de perda';
$mod_strings['LBL_SUITECRMBRIDGE_POTENTIAL_SCORE'] = 'Potencial';
$mod_strings['LBL_SUITECRMBRIDGE_MARGIN'] = 'Margem';
$mod_strings['LBL_SUITECRMBRIDGE_COST_TO_SERVE'] = 'Custo de atendimento';
$mod_strings['LBL_SUITECRMBRIDGE_PROFIT'] = 'Lucro';
$mod_strings['LBL_SUITECRMBRIDGE_WALLET_SHARE'] = 'Participação na carteira';
$mod_strings['LBL_SUITECRMBRIDGE_WALLET_ESTIMATE'] = 'Necessidade anual estimada';
$mod_strings['LBL_SUITECRMBRIDGE_SATISFACTION'] = 'Satisfação';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_COUNT'] = 'Reclamações';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_OPEN'] = 'Reclamações em aberto';
$mod_strings['LBL_SUITECRMBRIDGE_LAST_COMPLAINT'] = 'Última reclamação';
$mod_strings['LBL_SUITECRMBRIDGE_RESOLUTION_DAYS'] = 'Dias até a resolução';
$mod_strings['LBL_SUITECRMBRIDGE_PROGRAMME'] = 'Programa';
$mod_strings['LBL_SUITECRMBRIDGE_VALUE_REASON'] = 'O valor em palavras';
$mod_strings['LBL_SUITECRMBRIDGE_NEXT_OFFER'] = 'Próxima oferta';
$mod_strings['LBL_SUITECRMBRIDGE_FRAUD'] = 'Fraude';
$mod_strings['LBL_SUITECRMBRIDGE_REVIEW_FLAG'] = 'A revisar';
$mod_strings['LBL_SUITECRMBRIDGE_REVIEW_REASON'] = 'Motivo da revisão';
$mod_strings['LBL_SUITECRMBRIDGE_SCORED_AT'] = 'Dados de';
