<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Refusal;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Request;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Respond;

final class RespondTest extends ApiCase
{
    /** @var mixed */
    private $before;

    protected function setUp(): void
    {
        $this->before = $GLOBALS['app_strings'] ?? null;
        $app_strings = [];
        $app_list_strings = [];
        require __DIR__ . '/../../../custom/Extension/application/Ext/Language/en_us.suitecrmbridge.php';
        $GLOBALS['app_strings'] = $app_strings;
    }

    protected function tearDown(): void
    {
        $GLOBALS['app_strings'] = $this->before;
    }

    public function testARefusalSaysWhatIsWrongAndWhere(): void
    {
        $refusal = new Refusal('bad_integer', ['field' => 'clv_c', 'min' => 1, 'max' => 5], 'clv_c');
        $this->assertSame(['error' => [
            'code' => 'invalid_value',
            'message' => 'clv_c must be a whole number from 1 to 5.',
            'where' => 'rows[3].clv_c',
        ]], Respond::refused($refusal->within('rows[3]')));
    }

    public function testARefusalWithoutAPlaceNamesNone(): void
    {
        $error = Respond::refused(new Refusal('no_access', ['module' => 'Contacts']))['error'];
        $this->assertSame(['code', 'message'], array_keys($error));
    }

    public function testAFailureTellsNothingOfItsCause(): void
    {
        $this->assertSame(['code', 'message'], array_keys(Respond::failed()['error']));
    }

    /** @dataProvider encodings */
    public function testAnAnswerIsGzippedOnlyWhereTheClientTakesIt(string $header, bool $gzip): void
    {
        $this->assertSame($gzip, Respond::takesGzip($header));
    }

    public function encodings(): array
    {
        return [
            ['gzip', true],
            ['deflate, gzip;q=0.8', true],
            ['*', true],
            ['', false],
            ['identity', false],
            ['gzip;q=0', false],
            ['gzip; q=0.0, *', false],
        ];
    }

    public function testAParameterThatTheRouteDoesNotKnowIsRefused(): void
    {
        $this->assertRefused('invalid_request', 'zorg', static function () {
            (new Request('', ['zorg' => '1'], null))->parameters(['limit']);
        });
        $this->assertRefused('invalid_request', 'limit', static function () {
            (new Request('', ['limit' => ['1']], null))->parameters(['limit']);
        });
    }

    /** @dataProvider bodies */
    public function testABodyThatIsNoObjectWithTheKnownKeysIsRefused(string $where, $body): void
    {
        $this->assertRefused('invalid_request', $where, static function () use ($body) {
            (new Request('', [], $body))->object(['rows'], ['notify']);
        });
    }

    public function bodies(): array
    {
        return [['', null], ['', 'text'], ['', []], ['', [1, 2]], ['zorg', ['rows' => [], 'zorg' => 1]],
            ['rows', ['notify' => true]]];
    }
}
