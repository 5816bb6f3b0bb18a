<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Refusal;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Respond;
use SuiteCRM\Custom\SuiteCRMBridge\Api\ScorePlan;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Sheet;
use SuiteCRM\Custom\SuiteCRMBridge\Api\ToldCard;
use SuiteCRM\Custom\SuiteCRMBridge\Api\ToldProgramme;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Values;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Window;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Writable;

/** The package takes and refuses what the sandbox does: both are held to the same vectors. */
final class RouteVectorsTest extends ApiCase
{
    protected function setUp(): void
    {
        $app_strings = [];
        $app_list_strings = [];
        require __DIR__ . '/../../../custom/Extension/application/Ext/Language/en_us.suitecrmbridge.php';
        $GLOBALS['app_strings'] = $app_strings;
    }

    /** @dataProvider vectors */
    public function testThePackageDoesWhatTheContractSays(array $vector): void
    {
        try {
            $stored = self::take($vector);
        } catch (Refusal $refusal) {
            $this->assertEquals($vector['refused'] ?? 'taken', Respond::refused($refusal)['error']);
            return;
        }
        $this->assertArrayNotHasKey('refused', $vector, 'nothing was refused');
        $this->assertSame($vector['stored'] ?? null, $stored);
    }

    /** @dataProvider differences */
    public function testThePackageWritesWhatDiffersAndNothingElse(array $vector): void
    {
        $name = $vector['field'];
        $definition = self::columns()[$name];
        $sent = Values::stored($definition, $vector['sent'] ?? $vector['wanted'], $name);
        $held = Values::stored($definition, $vector['held'], $name);
        $this->assertSame($vector['differs'], !ScorePlan::same([$name => $sent], [$name => $held]));
    }

    public function vectors(): array
    {
        return self::read('routes');
    }

    public function differences(): array
    {
        return self::read('differences');
    }

    /** @return array<string, array> */
    private static function columns(): array
    {
        return Writable::columns('Contacts') + Writable::columns('Cases');
    }

    private static function read(string $name): array
    {
        $text = file_get_contents(__DIR__ . "/../../vectors/$name.json");
        $found = [];
        foreach (json_decode($text, true, 512, JSON_THROW_ON_ERROR) as $vector) {
            $found[$vector['says']] = [$vector];
        }
        return $found;
    }

    private static function take(array $vector): ?string
    {
        switch ($vector['kind']) {
            case 'value':
                $fields = self::columns();
                return Values::stored($fields[$vector['field']], $vector['value'], $vector['field']);
            case 'id':
                Values::id($vector['value'], 'id');
                return null;
            case 'programmes':
                ToldProgramme::each($vector['value']);
                return null;
            case 'cards':
                ToldCard::each($vector['value']);
                return null;
            case 'window':
                new Window($vector['given'], $vector['most']);
                return null;
            default:
                Sheet::read($vector, 'Contacts', Writable::columns('Contacts'));
                return null;
        }
    }
}
