<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class WrittenFieldsTest extends DashletCase
{
    private const FOLDER = __DIR__ . '/../../../custom/include/SugarFields/Fields/';

    /** @var string */
    private $path;

    protected function setUp(): void
    {
        parent::setUp();
        $this->path = set_include_path(__DIR__ . '/StandIns/files');
    }

    protected function tearDown(): void
    {
        set_include_path($this->path);
        parent::tearDown();
    }

    /** @dataProvider cells */
    public function testAListWritesAmountsInTheBaseCurrencyAndSharesInPercent(
        string $kind,
        string $language,
        string $stored,
        string $written
    ): void {
        $this->speak($language);
        $this->assertSame($written, $this->field($kind)->getListViewSmarty(['CLV_C' => $stored], ['name' => 'clv_c'], [], ''));
    }

    public function cells(): array
    {
        return [
            ['amount', 'en_us', '1234.5', '€1,234.50'],
            ['amount', 'en_us', '0', '€0.00'],
            ['amount', 'en_us', '-1.25', '€-1.25'],
            ['amount', 'en_us', '', ''],
            ['share', 'en_us', '0.9114', '91.1%'],
            ['share', 'fr_FR', '0.9114', "91.1\u{00A0}%"],
            ['share', 'en_us', '1', '100.0%'],
            ['share', 'en_us', '', ''],
        ];
    }

    public function testAColumnThatTheListDoesNotHaveIsEmpty(): void
    {
        $this->assertSame('', $this->field('amount')->getListViewSmarty([], ['name' => 'clv_c'], [], ''));
    }

    public function testEachWayOfWritingHasItsFieldAndItsTemplate(): void
    {
        foreach (Catalogue::WRITTEN as $kind) {
            $folder = self::FOLDER . ucfirst($kind);
            $this->assertFileExists($folder . '/SugarField' . ucfirst($kind) . '.php');
            $this->assertFileExists($folder . '/DetailView.tpl');
        }
    }

    /** SuiteCRM 7.12 and 7.13 have Smarty 2, which reckons in no attribute and ends a tag at the first brace. */
    public function testTheTemplatesAreReadByTheOldestSmarty(): void
    {
        foreach (Catalogue::WRITTEN as $kind) {
            $template = file_get_contents(self::FOLDER . ucfirst($kind) . '/DetailView.tpl');
            $inner = preg_replace('/\{\{.*?\}\}/', '$value', $template);
            $this->assertDoesNotMatchRegularExpression('/\{[^{}]*\{/', $inner);
            $this->assertDoesNotMatchRegularExpression("/=[^'{}]*[*+]/", str_replace("'100*x'", "''", $inner));
            $this->assertDoesNotMatchRegularExpression('/\{if [^}]*\(/', $inner);
        }
    }

    private function field(string $kind): object
    {
        $name = "Suitecrmbridge_$kind";
        require_once self::FOLDER . "$name/SugarField$name.php";
        $class = "SugarField$name";
        return new $class();
    }
}
