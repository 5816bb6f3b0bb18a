<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$app_list_strings['suitecrmbridge_lifecycle'] = [
    '' => '',
    'prospect' => 'Interessent',
    'new' => 'Neu',
    'new_to_product' => 'Neu bei einem Produkt',
    'active' => 'Aktiv',
    'at_risk' => 'Überfällig',
    'lapsed' => 'Inaktiv',
    'won_back' => 'Zurückgewonnen',
];
$app_list_strings['suitecrmbridge_churn_risk'] = ['' => '', 'low' => 'Gering', 'medium' => 'Mittel', 'high' => 'Hoch'];
$app_list_strings['suitecrmbridge_standing'] = [
    '' => '',
    'here' => 'Kunde',
    'at_risk' => 'Gefährdet',
    'lost' => 'Verloren',
    'prospect' => 'Noch kein Kauf',
];
$app_list_strings['suitecrmbridge_next_action'] = [
    '' => '',
    'apologise' => 'Um Entschuldigung bitten',
    'call_now' => 'Jetzt anrufen',
    'win_back' => 'Zurückgewinnen',
    'review' => 'Prüfen',
    'welcome' => 'Willkommen heißen',
    'thank' => 'Danken',
    'offer' => 'Angebot machen',
    'develop' => 'Ausbauen',
    'leave_alone' => 'In Ruhe lassen',
];
$app_list_strings['suitecrmbridge_complaint_cause'] = [
    '' => '',
    'product_defect' => 'Produktmangel',
    'delivery' => 'Lieferung',
    'billing' => 'Abrechnung',
    'service' => 'Service',
    'information' => 'Information oder Beratung',
    'price' => 'Preis',
    'other' => 'Sonstiges',
];
$app_list_strings['suitecrmbridge_complaint_channel'] = [
    '' => '',
    'phone' => 'Telefon',
    'email' => 'E-Mail',
    'web' => 'Website',
    'post' => 'Post',
    'in_person' => 'Persönlich',
    'social' => 'Soziale Medien',
];
$app_list_strings['suitecrmbridge_segment'] = [
    '' => '',
    'champions' => 'Champions',
    'loyal' => 'Treue',
    'potential_loyalist' => 'Künftige Treue',
    'new' => 'Neue',
    'promising' => 'Vielversprechende',
    'need_attention' => 'Brauchen Aufmerksamkeit',
    'about_to_sleep' => 'Kurz vor dem Einschlafen',
    'cannot_lose_them' => 'Nicht zu verlieren',
    'at_risk' => 'Gefährdet',
    'hibernating' => 'Im Winterschlaf',
    'lost' => 'Verloren',
    'prospect' => 'Interessent',
];
