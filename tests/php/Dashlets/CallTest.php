<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Admin\Form;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\CallDashlet;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\CallDrawing;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Links;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns\Bean;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns\Store;

/**
 * @runClassInSeparateProcess
 * @preserveGlobalState disabled
 */
final class CallTest extends DashletCase
{
    private const CUSTOMER = [
        'id' => 'c1',
        'name' => 'Zoë <b>',
        'segment' => 'at_risk',
        'reason' => 'Last purchase long ago & more',
        'due' => '12/27/2026',
        'amount' => 1110.4,
        'tick' => true,
        'account' => '',
        'account_id' => '',
        'phone' => '(696) 883-0314',
        'do_not_call' => false,
        'owner' => 'Anna',
    ];

    protected function setUp(): void
    {
        parent::setUp();
        require_once __DIR__ . '/StandIns/classes.php';
        require_once __DIR__ . '/StandIns/access.php';
        Store::clear();
        Bean::$mayList = true;
        \ACLController::$forbidden = [];
        $GLOBALS['current_user'] = (object) ['id' => 'me'];
        $_SERVER['REQUEST_METHOD'] = 'POST';
        $_POST = ['customer' => 'c1', 'form' => Form::token()];
    }

    public function testItKeepsToOnesOwnCustomersUntilOneChoosesOtherwise(): void
    {
        $this->dashlet()->display();
        self::assertStringContainsString("contacts.assigned_user_id = 'me'", Store::$db->queries[0]);
        $GLOBALS['_SESSION'] = [];
        $this->dashlet(['myItemsOnly' => false])->display();

        self::assertStringNotContainsString('assigned_user_id', end(Store::$db->queries));
    }

    public function testThoseToCallNowComeByTheirValueWithoutWhoWasCalledLately(): void
    {
        $this->dashlet()->display();
        $asked = Store::$db->queries[0];

        self::assertStringContainsString("contacts_cstm.next_action_c = 'call_now'", $asked);
        self::assertStringContainsString('ORDER BY contacts_cstm.value_at_stake_c DESC', $asked);
        self::assertStringContainsString("calls.status = 'Held'", $asked);
        self::assertStringContainsString('calls.parent_id = contacts.id', $asked);
        self::assertStringContainsString('calls_contacts.contact_id = contacts.id', $asked);
    }

    public function testATickLogsAHeldCallOfTheUserWithTheCustomer(): void
    {
        Store::$db->answer = [['id' => 'c1']];
        self::assertSame(CallDashlet::LOGGED, $this->dashlet()->logCall());
        [$call] = Store::$beans['Calls'];

        self::assertTrue($call->isSaved);
        self::assertSame(['Held', 'Outbound', 'me'], [$call->status, $call->direction, $call->assigned_user_id]);
        self::assertSame(['Contacts', 'c1'], [$call->parent_type, $call->parent_id]);
        self::assertSame(['users' => ['me'], 'contacts' => ['c1']], $call->linked);
        Store::$db->answer = [];
        self::assertStringContainsString('Calls logged:', $this->dashlet()->display());
    }

    public function testACallWithAnAccountIsLinkedToNoContact(): void
    {
        Store::$db->answer = [['id' => 'a1']];
        $_POST['customer'] = 'a1';
        $this->dashlet(['customers' => 'Accounts'])->logCall();

        self::assertSame(['users' => ['me']], Store::$beans['Calls'][0]->linked);
        self::assertSame('Accounts', Store::$beans['Calls'][0]->parent_type);
    }

    /** @dataProvider refusals */
    public function testNoCallIsLoggedWhereItMayNotBe(string $reason, string $answer): void
    {
        Store::$db->answer = $reason === 'out of sight' || $reason === 'no customer' ? [] : [['id' => 'c1']];
        $_POST['form'] = $reason === 'no token' ? '' : $_POST['form'];
        $_POST['customer'] = $reason === 'no customer' ? ['c1'] : 'c1';
        $_SERVER['REQUEST_METHOD'] = $reason === 'by a link' ? 'GET' : 'POST';
        \ACLController::$forbidden = $reason === 'no right to calls' ? ['Calls'] : [];
        Bean::$mayList = $reason !== 'no right to the list';

        self::assertStringContainsString($answer, $this->dashlet()->logCall());
        self::assertArrayNotHasKey('Calls', Store::$beans);
    }

    /** @return string[][] */
    public function refusals(): array
    {
        return [
            ['no token', 'form has expired'],
            ['by a link', 'form has expired'],
            ['no right to calls', 'may not create calls'],
            ['no right to the list', 'may not create calls'],
            ['out of sight', 'not see this customer'],
            ['no customer', 'not see this customer'],
        ];
    }

    public function testEachCustomerHasABoxThatSaysWhatItDoes(): void
    {
        $drawn = $this->drawn([self::CUSTOMER]);
        $box = $this->document($drawn)->getElementsByTagName('input')->item(0);

        self::assertSame('Log a call with Zoë <b>', $box->getAttribute('aria-label'));
        parse_str($box->getAttribute('data-send'), $sent);
        self::assertSame(
            ['module' => 'Home', 'action' => 'CallMethodDashlet', 'method' => 'logCall', 'to_pdf' => '1', 'id' => 'd1',
                'customer' => 'c1', 'form' => 'token'],
            $sent
        );
        self::assertStringContainsString('By 12/27/2026', $drawn);
        self::assertStringNotContainsString('<b>"', $drawn);
        self::assertStringContainsString('Zoë &lt;b&gt;', $drawn);
    }

    public function testWhoIsNotToBeCalledHasNoBox(): void
    {
        self::assertStringNotContainsString('<input', $this->drawn([['tick' => false, 'do_not_call' => true] + self::CUSTOMER]));
    }

    public function testTheOthersAreOneClickAway(): void
    {
        self::assertStringContainsString('1 of 12: show them all', $this->drawn([self::CUSTOMER], 12));
        self::assertStringNotContainsString('show them all', $this->drawn([self::CUSTOMER], 1));
    }

    public function testWhereNobodyIsToBeCalledThatIsSaid(): void
    {
        self::assertStringContainsString('Nobody is to be called now', $this->drawn([]));
    }

    public function testWhoIsLeftOutIsSaidBesideThoseWhoAreCounted(): void
    {
        foreach ([[], [self::CUSTOMER]] as $customers) {
            self::assertStringContainsString('called in the last two days is left out', $this->drawn($customers));
        }
    }

    private function drawn(array $customers, int $count = 1): string
    {
        return (new CallDrawing(new Links('Contacts'), 'd1', 'token'))->draw($count, $customers, []);
    }

    private function dashlet(array $options = []): CallDashlet
    {
        $class = 'SuiteCRMBridgeCallDashlet';
        if (!class_exists($class)) {
            set_include_path(__DIR__ . '/StandIns/files');
            require __DIR__ . "/../../../custom/modules/Home/Dashlets/$class/$class.php";
        }
        return new $class('d1', $options);
    }
}
