<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Extension8;

use App\Data\Entity\Record;
use App\Data\LegacyHandler\PreparedStatementHandler;
use App\Extension\suitecrmbridge\DependencyInjection\RecipientVeto;
use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Extension8\StandIns\Container;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Extension8\StandIns\Logger;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Extension8\StandIns\Modules;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class RecipientVetoTest extends TestCase
{
    private const TOLD = '{"mark":"m","contacts":3,"days":30,"lists":{"treated":["control",null,null]}}';

    public function testWhereSuiteCrmAsksNobodyAboutRecipientsNothingIsRegistered(): void
    {
        $container = $this->container();
        require __DIR__ . '/../../../custom/extensions/suitecrmbridge/config/veto.php';
        $this->assertSame([], $container->registered);
        $this->assertFalse(class_exists(RecipientVeto::class, false));
    }

    public function testWhereItAsksTheVetoIsOneOfThoseThatAreAsked(): void
    {
        require __DIR__ . '/StandIns/classes.php';
        $container = new Container();
        require __DIR__ . '/../../../custom/extensions/suitecrmbridge/config/veto.php';
        $wanted = [[RecipientVeto::class, RecipientVeto::class], true, 'email.target.validator'];
        $this->assertSame($wanted, $container->registered);
    }

    public function testItIsNoConfigurationWithoutAContainer(): void
    {
        require __DIR__ . '/StandIns/classes.php';
        $this->assertSame(1, require __DIR__ . '/../../../custom/extensions/suitecrmbridge/config/veto.php');
    }

    public function testARefusalNamesItsReason(): void
    {
        $feedback = $this->judged(static function (string $statement): array {
            if (strpos($statement, 'FROM config') !== false) {
                return [['value' => self::TOLD]];
            }
            return strpos($statement, 'prospect_lists_prospects') !== false ? [['list' => 'control']] : [];
        });
        $this->assertFalse($feedback->success);
        $this->assertSame('programme-control', $feedback->validatorKey);
    }

    public function testWhereNothingWasToldEverybodyMayHaveTheirMail(): void
    {
        $feedback = $this->judged(static function (): array {
            return [];
        });
        $this->assertTrue($feedback->success);
    }

    /** @dataProvider failures */
    public function testWhatFailsStopsProgrammesAndNoOtherCampaign(string $list, bool $success): void
    {
        $feedback = $this->judged(static function (string $statement): array {
            if (strpos($statement, 'FROM config') !== false) {
                return [['value' => self::TOLD]];
            }
            throw new \Error('no such table');
        }, $list);
        $this->assertSame($success, $feedback->success);
        $this->assertSame($success ? null : 'programme-unknown', $feedback->validatorKey);
    }

    public function failures(): array
    {
        return ['a programme' => ['treated', false], 'another list' => ['people', true]];
    }

    public function testWhereNotEvenTheListsCanBeReadSuiteCrmDecides(): void
    {
        $feedback = $this->judged(static function (): array {
            throw new \RuntimeException('gone');
        });
        $this->assertTrue($feedback->success);
    }

    private function judged(callable $ask, string $list = 'treated')
    {
        require_once __DIR__ . '/StandIns/classes.php';
        $veto = new RecipientVeto(new PreparedStatementHandler($ask), new Modules(), new Logger());
        $person = new Record('contacts', 'anna');
        $marketing = new Record('email-marketing', 'message');
        $this->assertTrue($veto->applies($person, $marketing, 'campaign', $list));
        return $veto->validate($person, $marketing, 'campaign', $list);
    }

    private function container(): object
    {
        return new class {
            public $registered = [];
        };
    }
}
