<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$app_list_strings['suitecrmbridge_lifecycle'] = [
    '' => '',
    'prospect' => 'Potenziale',
    'new' => 'Nuovo',
    'new_to_product' => 'Nuovo su un prodotto',
    'active' => 'Attivo',
    'at_risk' => 'In ritardo',
    'lapsed' => 'Inattivo',
    'won_back' => 'Riconquistato',
];
$app_list_strings['suitecrmbridge_churn_risk'] = ['' => '', 'low' => 'Basso', 'medium' => 'Medio', 'high' => 'Alto'];
$app_list_strings['suitecrmbridge_standing'] = [
    '' => '',
    'here' => 'Cliente',
    'at_risk' => 'A rischio',
    'lost' => 'Perso',
    'prospect' => 'Nessun acquisto',
];
$app_list_strings['suitecrmbridge_next_action'] = [
    '' => '',
    'apologise' => 'Scusarsi',
    'call_now' => 'Chiamare subito',
    'win_back' => 'Riconquistare',
    'review' => 'Esaminare',
    'welcome' => 'Dare il benvenuto',
    'thank' => 'Ringraziare',
    'offer' => 'Fare un\'offerta',
    'develop' => 'Sviluppare',
    'leave_alone' => 'Lasciare in pace',
];
$app_list_strings['suitecrmbridge_complaint_cause'] = [
    '' => '',
    'product_defect' => 'Difetto del prodotto',
    'delivery' => 'Consegna',
    'billing' => 'Fatturazione',
    'service' => 'Servizio',
    'information' => 'Informazione o consulenza',
    'price' => 'Prezzo',
    'other' => 'Altro',
];
$app_list_strings['suitecrmbridge_complaint_channel'] = [
    '' => '',
    'phone' => 'Telefono',
    'email' => 'E-mail',
    'web' => 'Sito web',
    'post' => 'Posta',
    'in_person' => 'Di persona',
    'social' => 'Social media',
];
$app_list_strings['suitecrmbridge_segment'] = [
    '' => '',
    'champions' => 'Campioni',
    'loyal' => 'Fedeli',
    'potential_loyalist' => 'Potenziali fedeli',
    'new' => 'Nuovi',
    'promising' => 'Promettenti',
    'need_attention' => 'Richiedono attenzione',
    'about_to_sleep' => 'In procinto di addormentarsi',
    'cannot_lose_them' => 'Da non perdere',
    'at_risk' => 'A rischio',
    'hibernating' => 'In letargo',
    'lost' => 'Persi',
    'prospect' => 'Potenziale',
];
