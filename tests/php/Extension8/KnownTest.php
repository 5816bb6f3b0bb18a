<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Extension8;

use App\Data\Entity\Record;
use App\Extension\suitecrmbridge\DependencyInjection\Known;
use App\Extension\suitecrmbridge\DependencyInjection\KnownFields;
use App\Extension\suitecrmbridge\DependencyInjection\KnownRecord;
use App\Extension\suitecrmbridge\Statistics\CustomerCard;
use App\Extension\suitecrmbridge\Statistics\Purchases;
use App\FieldDefinitions\Entity\FieldDefinition;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Card\CardBean;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Card\CardCase;

/**
 * What a record of SuiteCRM 8 says of whether there is something to show in our widgets.
 *
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class KnownTest extends CardCase
{
    private const BOUGHT = '{"months": "2025-12,0,0,5000,0,0,0,0,0,0,0,0,12345"}';
    private const LAPSED = '{"months": "2025-12,0,0,0,0,0,0,0,0,0,0,0,0"}';

    protected function setUp(): void
    {
        require_once __DIR__ . '/StandIns/classes.php';
        require_once __DIR__ . '/StandIns/fields.php';
        require_once __DIR__ . '/StandIns/statistics.php';
        require_once __DIR__ . '/../Widgets/BeanFactory.php';
        parent::setUp();
        $GLOBALS['log'] = new class {
            public function fatal($line): void
            {
            }
        };
    }

    /** @dataProvider people */
    public function testARecordSaysWhichWidgetsHaveAFigure(?array $stored, string $facts, array $shown): void
    {
        \DBManagerFactory::$facts = $facts;
        \BeanFactory::$record = new CardBean($stored);
        $this->assertSame($shown, array_keys(array_filter($this->told('contacts'), 'strlen')));
    }

    public function people(): array
    {
        return [
            'somebody without figures' => [['rfm_segment_c' => null], '', []],
            'who never bought' => [self::PROSPECT, '', [Known::ABOVE, Known::BESIDE]],
            'who bought this year' => [self::LOYAL, self::BOUGHT, [Known::ABOVE, Known::BESIDE, Known::MONTHS]],
            'who bought longer ago' => [self::LEAVING, self::LAPSED, [Known::ABOVE, Known::BESIDE]],
        ];
    }

    public function testOnlyWhatAReaderMayViewIsSaidToBeThere(): void
    {
        \DBManagerFactory::$facts = self::BOUGHT;
        \BeanFactory::$record = new CardBean(self::LOYAL);
        \BeanFactory::$record->mayView = false;
        $this->assertSame([''], array_values(array_unique($this->told('accounts'))));
    }

    public function testACardThatCannotBeMadeIsShownBesideTheRecordToSaySo(): void
    {
        $this->assertSame([Known::ABOVE => '', Known::BESIDE => '1', Known::MONTHS => ''], $this->told('accounts'));
    }

    public function testWhatARecordHasBesidesStaysAndWhatItSaysIsNotSaved(): void
    {
        $record = new Record('contacts', '');
        $record->setAttributes(['last_name' => 'Martin']);
        $this->mapper('contacts')->toExternal($record, new FieldDefinition([]));
        $this->assertSame(array_merge(Known::FIELDS['contacts'], ['last_name']), array_keys($record->getAttributes()));
        $this->mapper('contacts')->toInternal($record, new FieldDefinition([]));
        $this->assertSame(['last_name' => 'Martin'], $record->getAttributes());
    }

    /** @dataProvider modules */
    public function testSuiteCrmKnowsTheFieldsAndKeepsThemOutOfItsTables(string $module): void
    {
        $definition = new FieldDefinition(['name' => ['type' => 'name']]);
        $fields = new KnownFields($module);
        $fields->map($definition);
        $this->assertSame($module, $fields->getModule());
        $this->assertSame(array_merge(['name'], Known::FIELDS[$module]), array_keys($definition->getVardef()));
        foreach (array_slice($definition->getVardef(), 1) as $name => $field) {
            $this->assertSame([$name, 'non-db', true], [$field['name'], $field['source'], $field['readonly']]);
        }
    }

    public function modules(): array
    {
        return [['contacts'], ['accounts'], ['cases']];
    }

    public function testARecordIsAskedWhereItIsReadAndAfterItWasSavedButNotInALongList(): void
    {
        $mapper = $this->mapper('cases');
        $this->assertSame(['cases', 0, ['retrieve', 'save']], [$mapper->getModule(), $mapper->getOrder(), $mapper->getModes()]);
    }

    private function told(string $module): array
    {
        $record = new Record($module, 'c1');
        $this->mapper($module)->toExternal($record, new FieldDefinition([]));
        return $record->getAttributes();
    }

    private function mapper(string $module): KnownRecord
    {
        return new KnownRecord($module, new Known(new CustomerCard(), new Purchases()));
    }
}
