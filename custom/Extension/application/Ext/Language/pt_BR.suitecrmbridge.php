<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$app_list_strings['suitecrmbridge_lifecycle'] = [
    '' => '',
    'prospect' => 'Potencial',
    'new' => 'Novo',
    'new_to_product' => 'Novo em um produto',
    'active' => 'Ativo',
    'at_risk' => 'Atrasado',
    'lapsed' => 'Inativo',
    'won_back' => 'Reconquistado',
];
$app_list_strings['suitecrmbridge_churn_risk'] = ['' => '', 'low' => 'Baixo', 'medium' => 'Médio', 'high' => 'Alto'];
$app_list_strings['suitecrmbridge_standing'] = [
    '' => '',
    'here' => 'Cliente',
    'at_risk' => 'Em risco',
    'lost' => 'Perdido',
    'prospect' => 'Sem compras',
];
$app_list_strings['suitecrmbridge_next_action'] = [
    '' => '',
    'apologise' => 'Pedir desculpas',
    'call_now' => 'Ligar agora',
    'win_back' => 'Reconquistar',
    'review' => 'Examinar',
    'welcome' => 'Dar as boas-vindas',
    'thank' => 'Agradecer',
    'offer' => 'Fazer uma oferta',
    'develop' => 'Desenvolver',
    'leave_alone' => 'Deixar em paz',
];
$app_list_strings['suitecrmbridge_complaint_cause'] = [
    '' => '',
    'product_defect' => 'Defeito do produto',
    'delivery' => 'Entrega',
    'billing' => 'Faturamento',
    'service' => 'Atendimento',
    'information' => 'Informação ou orientação',
    'price' => 'Preço',
    'other' => 'Outra',
];
$app_list_strings['suitecrmbridge_complaint_channel'] = [
    '' => '',
    'phone' => 'Telefone',
    'email' => 'E-mail',
    'web' => 'Site',
    'post' => 'Correio',
    'in_person' => 'Pessoalmente',
    'social' => 'Redes sociais',
];
$app_list_strings['suitecrmbridge_segment'] = [
    '' => '',
    'champions' => 'Campeões',
    'loyal' => 'Fiéis',
    'potential_loyalist' => 'Fiéis em potencial',
    'new' => 'Novos',
    'promising' => 'Promissores',
    'need_attention' => 'Precisam de atenção',
    'about_to_sleep' => 'Prestes a adormecer',
    'cannot_lose_them' => 'Não podemos perder',
    'at_risk' => 'Em risco',
    'hibernating' => 'Hibernando',
    'lost' => 'Perdidos',
    'prospect' => 'Potencial',
];
