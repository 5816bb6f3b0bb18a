<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\CallDashlet;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Links;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\LoggedCall;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Numbers;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Whom to call now, why and by when, with a box a row that logs the call. */
final class CallDrawing
{
    /** What a box does, wherever SuiteCRM puts the dashlet: scripts beside it do not run on every page. */
    private const TICK = '(function(b){b.disabled=true;var r=new XMLHttpRequest();r.open("POST","index.php");'
        . 'r.setRequestHeader("Content-Type","application/x-www-form-urlencoded");'
        . 'r.onloadend=function(){if(r.status===200&&r.responseText.trim()===b.dataset.done){'
        . 'SUGAR.mySugar.retrieveDashlet(b.dataset.dashlet)}else{b.checked=false;b.disabled=false;'
        . 'alert(r.status===200?r.responseText.trim():b.dataset.failed)}};r.send(b.dataset.send)})(this)';

    /** @var Links */
    private $links;
    /** @var string */
    private $dashlet;
    /** @var string */
    private $token;

    /** @param string $token that of this session's forms */
    public function __construct(Links $links, string $dashlet, string $token)
    {
        $this->links = $links;
        $this->dashlet = $dashlet;
        $this->token = $token;
    }

    /**
     * @param int $count how many there are, shown or not
     * @param array<int, array<string, mixed>> $customers id, segment, reason, due, amount, tick, and what Person says
     * @param array<int, array{id: string, name: string}> $logged calls that were logged a moment ago
     */
    public function draw(int $count, array $customers, array $logged): string
    {
        return ($customers === [] ? Html::note(Texts::get('dashlet_call_none')) : $this->table($count, $customers))
            . Html::note(Texts::get('dashlet_call_without')) . self::logged($logged);
    }

    private function table(int $count, array $customers): string
    {
        $rows = [];
        foreach ($customers as $customer) {
            $by = $customer['due'] === '' ? '' : Texts::get('dashlet_call_due', ['day' => $customer['due']]);
            $told = implode(' · ', array_filter([Segment::label($customer['segment']), $by]));
            $rows[] = [
                $this->box($customer),
                self::beside(
                    CallList::who($this->links, $customer),
                    '<b>' . Html::text($told) . '</b>' . Html::below(Html::text($customer['reason']))
                ),
                Html::text(Numbers::amount($customer['amount'])),
            ];
        }
        $columns = [
            [Texts::get('dashlet_call_called'), 'left', '9%'],
            [Texts::get('dashlet_call_customer'), 'left'],
            [Texts::get('dashlet_risk_at_stake'), 'right'],
        ];
        return Html::table($columns, $rows) . $this->all($count, count($customers));
    }

    /** Whom to call and why, side by side where there is room. */
    private static function beside(string $who, string $why): string
    {
        return '<div style="display:flex;flex-wrap:wrap;gap:2px 16px"><div style="flex:1 1 140px">' . $who . '</div>'
            . '<div style="flex:2 1 190px">' . $why . '</div></div>';
    }

    private function all(int $count, int $shown): string
    {
        if ($count <= $shown) {
            return '';
        }
        $more = Texts::get('dashlet_call_all', ['shown' => Numbers::whole($shown), 'customers' => Numbers::whole($count)]);
        $url = $this->links->records([Names::ACTION => ['call_now']], [], [Names::VALUE_AT_STAKE]);
        return '<p style="margin:8px 4px">' . Html::link($url, Html::text($more)) . '</p>';
    }

    private function box(array $customer): string
    {
        if (!$customer['tick']) {
            return '';
        }
        $send = http_build_query([
            'module' => 'Home',
            'action' => 'CallMethodDashlet',
            'method' => 'logCall',
            'to_pdf' => '1',
            'id' => $this->dashlet,
            'customer' => $customer['id'],
            'form' => $this->token,
        ], '', '&');
        $label = Texts::get('dashlet_call_log', ['customer' => $customer['name']]);
        $data = ['send' => $send, 'dashlet' => $this->dashlet, 'done' => CallDashlet::LOGGED]
            + ['failed' => Texts::get('call_failed')];
        $attributes = '';
        foreach ($data as $name => $value) {
            $attributes .= " data-$name=\"" . Html::text($value) . '"';
        }
        return '<input type="checkbox" style="margin:2px" title="' . Html::text($label) . '" aria-label="'
            . Html::text($label) . '" onchange="' . Html::text(self::TICK) . "\"$attributes>";
    }

    private static function logged(array $calls): string
    {
        if ($calls === []) {
            return '';
        }
        $names = [];
        foreach ($calls as $call) {
            $names[] = Html::link((new Links(LoggedCall::MODULE))->record($call['id']), Html::text($call['name']));
        }
        return '<p role="status" style="margin:8px 4px">' . Html::text(Texts::get('dashlet_call_logged'))
            . ' ' . implode(', ', $names) . '</p>';
    }
}
