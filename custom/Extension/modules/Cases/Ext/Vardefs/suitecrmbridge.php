<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$dictionary['Case']['fields']['first_response_hours_c']['inline_edit'] = false;
$dictionary['Case']['fields']['first_response_hours_c']['massupdate'] = false;
$dictionary['Case']['fields']['first_response_hours_c']['readonly'] = true;
$dictionary['Case']['fields']['resolution_hours_c']['inline_edit'] = false;
$dictionary['Case']['fields']['resolution_hours_c']['massupdate'] = false;
$dictionary['Case']['fields']['resolution_hours_c']['readonly'] = true;
$dictionary['Case']['fields']['waiting_hours_c']['inline_edit'] = false;
$dictionary['Case']['fields']['waiting_hours_c']['massupdate'] = false;
$dictionary['Case']['fields']['waiting_hours_c']['readonly'] = true;
$dictionary['Case']['fields']['sla_breached_c']['inline_edit'] = false;
$dictionary['Case']['fields']['sla_breached_c']['massupdate'] = false;
$dictionary['Case']['fields']['sla_breached_c']['readonly'] = true;
$dictionary['Case']['fields']['complaint_theme_c']['inline_edit'] = false;
$dictionary['Case']['fields']['complaint_theme_c']['massupdate'] = false;
$dictionary['Case']['fields']['complaint_theme_c']['readonly'] = true;
$dictionary['Case']['fields']['customer_segment_c']['inline_edit'] = false;
$dictionary['Case']['fields']['customer_segment_c']['massupdate'] = false;
$dictionary['Case']['fields']['customer_segment_c']['readonly'] = true;
