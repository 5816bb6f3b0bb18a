<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$app_list_strings['suitecrmbridge_lifecycle'] = [
    '' => '',
    'prospect' => 'Potencial',
    'new' => 'Nuevo',
    'new_to_product' => 'Nuevo en un producto',
    'active' => 'Activo',
    'at_risk' => 'Atrasado',
    'lapsed' => 'Inactivo',
    'won_back' => 'Recuperado',
];
$app_list_strings['suitecrmbridge_churn_risk'] = ['' => '', 'low' => 'Bajo', 'medium' => 'Medio', 'high' => 'Alto'];
$app_list_strings['suitecrmbridge_standing'] = [
    '' => '',
    'here' => 'Cliente',
    'at_risk' => 'En riesgo',
    'lost' => 'Perdido',
    'prospect' => 'Sin compras',
];
$app_list_strings['suitecrmbridge_next_action'] = [
    '' => '',
    'apologise' => 'Pedir disculpas',
    'call_now' => 'Llamar ahora',
    'win_back' => 'Recuperar',
    'review' => 'Revisar',
    'welcome' => 'Dar la bienvenida',
    'thank' => 'Agradecer',
    'offer' => 'Hacer una oferta',
    'develop' => 'Desarrollar',
    'leave_alone' => 'Dejar en paz',
];
$app_list_strings['suitecrmbridge_complaint_cause'] = [
    '' => '',
    'product_defect' => 'Defecto del producto',
    'delivery' => 'Entrega',
    'billing' => 'Facturación',
    'service' => 'Servicio',
    'information' => 'Información o asesoramiento',
    'price' => 'Precio',
    'other' => 'Otra',
];
$app_list_strings['suitecrmbridge_complaint_channel'] = [
    '' => '',
    'phone' => 'Teléfono',
    'email' => 'Correo electrónico',
    'web' => 'Sitio web',
    'post' => 'Correo postal',
    'in_person' => 'En persona',
    'social' => 'Redes sociales',
];
$app_list_strings['suitecrmbridge_segment'] = [
    '' => '',
    'champions' => 'Campeones',
    'loyal' => 'Fieles',
    'potential_loyalist' => 'Fieles potenciales',
    'new' => 'Nuevos',
    'promising' => 'Prometedores',
    'need_attention' => 'Requieren atención',
    'about_to_sleep' => 'A punto de dormirse',
    'cannot_lose_them' => 'No hay que perderlos',
    'at_risk' => 'En riesgo',
    'hibernating' => 'Hibernando',
    'lost' => 'Perdidos',
    'prospect' => 'Potencial',
];
