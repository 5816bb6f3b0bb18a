<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Valor del cliente';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_SEGMENT'] = 'Segmento';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_SCORE'] = 'Puntuación RFM';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_RECENCY'] = 'Puntuación de recencia';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_FREQUENCY'] = 'Puntuación de frecuencia';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_MONETARY'] = 'Puntuación de importe';
$mod_strings['LBL_SUITECRMBRIDGE_RFM_REASON'] = 'Motivo';
$mod_strings['LBL_SUITECRMBRIDGE_LIFECYCLE'] = 'Ciclo de vida';
$mod_strings['LBL_SUITECRMBRIDGE_FIRST_PURCHASE'] = 'Primera compra';
$mod_strings['LBL_SUITECRMBRIDGE_LAST_PURCHASE'] = 'Última compra';
$mod_strings['LBL_SUITECRMBRIDGE_PURCHASE_COUNT'] = 'Compras';
$mod_strings['LBL_SUITECRMBRIDGE_PURCHASE_TOTAL'] = 'Total de compras';
$mod_strings['LBL_SUITECRMBRIDGE_AVERAGE_PURCHASE'] = 'Compra media';
$mod_strings['LBL_SUITECRMBRIDGE_NEXT_PURCHASE'] = 'Próxima compra prevista';
$mod_strings['LBL_SUITECRMBRIDGE_ALIVE_PROBABILITY'] = 'Probabilidad de seguir siendo cliente';
$mod_strings['LBL_SUITECRMBRIDGE_CLV'] = 'Valor de vida del cliente';
$mod_strings['LBL_SUITECRMBRIDGE_CHURN_RISK'] = 'Riesgo de abandono';
$mod_strings['LBL_SUITECRMBRIDGE_POTENTIAL_SCORE'] = 'Potencial';
$mod_strings['LBL_SUITECRMBRIDGE_MARGIN'] = 'Margen';
$mod_strings['LBL_SUITECRMBRIDGE_COST_TO_SERVE'] = 'Coste de servicio';
$mod_strings['LBL_SUITECRMBRIDGE_PROFIT'] = 'Beneficio';
$mod_strings['LBL_SUITECRMBRIDGE_WALLET_SHARE'] = 'Cuota de cartera';
$mod_strings['LBL_SUITECRMBRIDGE_WALLET_ESTIMATE'] = 'Necesidad anual estimada';
$mod_strings['LBL_SUITECRMBRIDGE_SATISFACTION'] = 'Satisfacción';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_COUNT'] = 'Reclamaciones';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_OPEN'] = 'Reclamaciones abiertas';
$mod_strings['LBL_SUITECRMBRIDGE_LAST_COMPLAINT'] = 'Última reclamación';
$mod_strings['LBL_SUITECRMBRIDGE_RESOLUTION_DAYS'] = 'Días hasta la resolución';
$mod_strings['LBL_SUITECRMBRIDGE_PROGRAMME'] = 'Programa';
$mod_strings['LBL_SUITECRMBRIDGE_VALUE_REASON'] = 'El valor en palabras';
$mod_strings['LBL_SUITECRMBRIDGE_NEXT_OFFER'] = 'Próxima oferta';
$mod_strings['LBL_SUITECRMBRIDGE_FRAUD'] = 'Fraude';
$mod_strings['LBL_SUITECRMBRIDGE_REVIEW_FLAG'] = 'Por revisar';
$mod_strings['LBL_SUITECRMBRIDGE_REVIEW_REASON'] = 'Motivo de la revisión';
$mod_strings['LBL_SUITECRMBRIDGE_SCORED_AT'] = 'Cifras a fecha de';
