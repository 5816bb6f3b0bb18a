<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Offers;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\Actions;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\Form;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\Notice;
use SuiteCRM\Custom\SuiteCRMBridge\Offers\SavedFilters;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Offers\StandIns\Searches;

/**
 * @runClassInSeparateProcess
 * @preserveGlobalState disabled
 */
final class ActionsTest extends TestCase
{
    protected function setUp(): void
    {
        require_once __DIR__ . '/StandIns/classes.php';
        \DBManagerFactory::$database = new Searches();
        $GLOBALS['_SESSION'] = [];
        $GLOBALS['current_language'] = 'en_us';
        $GLOBALS['app_list_strings'] = [];
    }

    public function testTheButtonsPutSomethingOnTheScreensAndTakeItAway(): void
    {
        $this->press(['wanted' => '1']);
        self::assertTrue(SavedFilters::isOn());
        self::assertSame(['Added: Saved searches', true], $this->told());
        $this->press(['wanted' => '0']);

        self::assertFalse(SavedFilters::isOn());
        self::assertSame(['Taken away: Saved searches', true], $this->told());
    }

    /** @dataProvider refusals */
    public function testNothingIsDoneForAFormThatIsNotThisSessions(array $given): void
    {
        $this->press(['wanted' => '1'] + $given);

        self::assertFalse(SavedFilters::isOn());
        self::assertFalse($this->told()[1]);
    }

    public function refusals(): array
    {
        return [
            'no token' => [['form' => '']],
            'a token of another session' => [['form' => str_repeat('a', 32)]],
            'an unknown offer' => [['offer' => 'everything']],
            'nonsense' => [['offer' => ['filters']]],
        ];
    }

    public function testAnAdministratorWhoChoseNoRoleIsToldSo(): void
    {
        $this->press(['offer' => 'home', 'wanted' => '1', 'audience' => 'roles']);

        self::assertSame(['No role was chosen; nothing was changed', false], $this->told());
    }

    private function press(array $given): void
    {
        Actions::run($given + ['act' => Actions::OFFER, 'offer' => 'filters', 'form' => Form::token()]);
    }

    /** @return array{0: string, 1: bool} the first sentence of what is told, and whether it is good news */
    private function told(): array
    {
        $notice = Notice::take();
        return [explode('.', $notice['text'])[0], $notice['good']];
    }
}
