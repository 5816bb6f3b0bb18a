<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Links;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Numbers;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Who to call first, with all that the call takes: number, account, owner, what to do and why. */
final class CallList
{
    /** @param array<int, array<string, mixed>> $customers id, segment, action, reason, amount, and what Person says */
    public static function draw(Links $links, string $amountLabel, array $customers): string
    {
        if ($customers === []) {
            return '';
        }
        $rows = [];
        foreach ($customers as $customer) {
            $action = Texts::option(Names::dropdown(Names::ACTION), $customer['action']);
            $rows[] = [
                self::who($links, $customer),
                '<b>' . Html::text($action) . '</b>' . Html::below(Html::text($customer['reason'])),
                Html::text(Numbers::amount($customer['amount']))
                    . Html::below(Html::text(Segment::label($customer['segment']))),
            ];
        }
        $columns = [
            [Texts::get('dashlet_risk_top'), 'left', '34%'],
            [Texts::get('dashlet_action'), 'left'],
            [$amountLabel, 'right'],
        ];
        return '<div style="margin-top:10px">' . Html::table($columns, $rows) . '</div>';
    }

    /** The customer, the account, the number or that they are not to be called, and whose customer it is. */
    public static function who(Links $links, array $customer): string
    {
        $lines = [];
        if ($customer['account'] !== '') {
            $account = new Links(Person::ACCOUNTS);
            $url = $customer['account_id'] === '' ? '' : $account->record($customer['account_id']);
            $lines[] = Html::leading($url, $customer['account']);
        }
        if ($customer['do_not_call']) {
            $lines[] = Html::badge(Texts::get('dashlet_do_not_call'));
        } elseif ($customer['phone'] !== '') {
            $number = preg_replace('/[^0-9+]/', '', $customer['phone']);
            $lines[] = Html::link('tel:' . $number, Html::text($customer['phone']));
        } else {
            $lines[] = Html::text(Texts::get('dashlet_no_phone'));
        }
        if ($customer['owner'] !== '') {
            $lines[] = Html::text(Texts::get('dashlet_owner', ['owner' => $customer['owner']]));
        }
        return Html::lines(Html::link($links->record($customer['id']), Html::text($customer['name'])), $lines);
    }
}
