<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Admin\Form;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\CallDrawing;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Person;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\CallQuery;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Recent;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Table;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Whom the user is to call now, the highest value at stake first, with a tick that logs the call. */
abstract class CallDashlet extends BridgeDashlet
{
    /** What a tick is answered with where the call was logged. */
    public const LOGGED = 'logged';

    private const SHOWN = 10;

    /** What SuiteCRM calls when somebody ticks a customer: `form` and `customer` come with the request. */
    public function logCall(): string
    {
        try {
            if ($_SERVER['REQUEST_METHOD'] !== 'POST' || !Form::isValid($_POST['form'] ?? null)) {
                return Texts::get('page_stale_form');
            }
            $id = is_string($_POST['customer'] ?? null) ? $_POST['customer'] : '';
            $table = Table::ofModule($this->module());
            if (!LoggedCall::isAllowed() || !$table->isAllowed() || !CallQuery::mayList($table, $id)) {
                return Texts::get('call_forbidden');
            }
            LoggedCall::create($this->module(), $id);
            Recent::forget();
            return self::LOGGED;
        } catch (\Throwable $failure) {
            $GLOBALS['log']->fatal(static::class . ': ' . $failure);
            return Texts::get('call_failed');
        }
    }

    protected function choices(): array
    {
        return ['customers' => $this->moduleChoice(Names::ACTION)];
    }

    protected function isMineAtFirst(): bool
    {
        return true;
    }

    protected function module(): string
    {
        return $this->chosen('customers');
    }

    protected function fields(): array
    {
        return CallQuery::FIELDS;
    }

    protected function draw(Table $table): string
    {
        $mayLog = LoggedCall::isAllowed();
        $customers = [];
        $now = \TimeDate::getInstance()->nowDb();
        foreach (CallQuery::run($table, $this->module(), $now, self::SHOWN) as $customer) {
            $person = Person::of($this->module(), $customer['id']);
            $due = $customer['due'] === '' ? '' : Numbers::day(new \DateTimeImmutable($customer['due']));
            $reason = Reason::of($this->module(), $customer['id'], CallQuery::ACTION, $customer['reason']);
            $customers[] = ['due' => $due, 'reason' => $reason] + $customer + $person + [
                'tick' => $mayLog && !$person['do_not_call'],
            ];
        }
        $drawing = new CallDrawing($this->links(), (string) $this->id, Form::token());
        return $drawing->draw(CallQuery::count($table, $this->module(), $now), $customers, LoggedCall::latest());
    }
}
