<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$app_list_strings['suitecrmbridge_lifecycle'] = [
    '' => '',
    'prospect' => 'Prospect',
    'new' => 'Nieuw',
    'new_to_product' => 'Nieuw bij een product',
    'active' => 'Actief',
    'at_risk' => 'Over tijd',
    'lapsed' => 'Inactief',
    'won_back' => 'Teruggewonnen',
];
$app_list_strings['suitecrmbridge_churn_risk'] = ['' => '', 'low' => 'Laag', 'medium' => 'Gemiddeld', 'high' => 'Hoog'];
$app_list_strings['suitecrmbridge_standing'] = [
    '' => '',
    'here' => 'Klant',
    'at_risk' => 'In gevaar',
    'lost' => 'Verloren',
    'prospect' => 'Nog geen aankoop',
];
$app_list_strings['suitecrmbridge_next_action'] = [
    '' => '',
    'apologise' => 'Excuses aanbieden',
    'call_now' => 'Nu bellen',
    'win_back' => 'Terugwinnen',
    'review' => 'Beoordelen',
    'welcome' => 'Verwelkomen',
    'thank' => 'Bedanken',
    'offer' => 'Aanbod doen',
    'develop' => 'Ontwikkelen',
    'leave_alone' => 'Met rust laten',
];
$app_list_strings['suitecrmbridge_complaint_cause'] = [
    '' => '',
    'product_defect' => 'Productgebrek',
    'delivery' => 'Levering',
    'billing' => 'Facturering',
    'service' => 'Service',
    'information' => 'Informatie of advies',
    'price' => 'Prijs',
    'other' => 'Overig',
];
$app_list_strings['suitecrmbridge_complaint_channel'] = [
    '' => '',
    'phone' => 'Telefoon',
    'email' => 'E-mail',
    'web' => 'Website',
    'post' => 'Post',
    'in_person' => 'Persoonlijk',
    'social' => 'Sociale media',
];
$app_list_strings['suitecrmbridge_segment'] = [
    '' => '',
    'champions' => 'Toppers',
    'loyal' => 'Trouwe klanten',
    'potential_loyalist' => 'Toekomstige trouwe klanten',
    'new' => 'Nieuwe',
    'promising' => 'Veelbelovende',
    'need_attention' => 'Vragen aandacht',
    'about_to_sleep' => 'Dreigen in te slapen',
    'cannot_lose_them' => 'Niet te verliezen',
    'at_risk' => 'Risico',
    'hibernating' => 'In winterslaap',
    'lost' => 'Verloren',
    'prospect' => 'Prospect',
];
