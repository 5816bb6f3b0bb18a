<?php
// How SuiteCRM 8 writes a line of the card: the same in every language, so that English stands in for all.

$app_strings['LBL_SUITECRMBRIDGE_LINE_FAILED'] = '{{fields.failed.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_CUSTOMER'] = '{{fields.customer.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_PROMISE'] = '{{fields.promise.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_ACTION'] = '{{fields.action.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_ACTION_DUE'] = '{{fields.action_due.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_ACTION_WHY'] = '{{fields.action_why.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_SEGMENT'] = '{{fields.segment.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_SEGMENT_BEFORE'] = '{{fields.segment_before.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_SEGMENT_WHY'] = '{{fields.segment_why.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_STAKE'] = '{{fields.stake.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_VALUE'] = '{{fields.value.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_FLAGS'] = '{{fields.flags.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_COMPLAINTS'] = '{{fields.complaints.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_COMPLAINTS_LAST'] = '{{fields.complaints_last.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_SATISFACTION'] = '{{fields.satisfaction.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_PURCHASES'] = '{{fields.purchases.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_PURCHASES_LAST'] = '{{fields.purchases_last.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_PURCHASES_NEXT'] = '{{fields.purchases_next.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_PROGRAMME'] = '{{fields.programme.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_PROGRAMME_SINCE'] = '{{fields.programme_since.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_OFFER'] = '{{fields.offer.value}}';
$app_strings['LBL_SUITECRMBRIDGE_LINE_AS_OF'] = '{{fields.as_of.value}}';
