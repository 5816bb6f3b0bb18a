<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Extension8;

use App\Extension\suitecrmbridge\DependencyInjection\AmountCells;
use App\Extension\suitecrmbridge\DependencyInjection\Amounts;
use App\FieldDefinitions\Entity\FieldDefinition;
use App\ViewDefinitions\Entity\ViewDefinition;
use PHPUnit\Framework\TestCase;

final class AmountsTest extends TestCase
{
    /** @dataProvider fields */
    public function testTheBridgesAmountsAreAmountsAndNothingElseChanges(string $field, string $wanted): void
    {
        require_once __DIR__ . '/StandIns/fields.php';
        $definition = new FieldDefinition([$field => ['type' => 'decimal', 'label' => 'x'], 'name' => ['type' => 'name']]);
        $amounts = new Amounts('accounts');
        $amounts->map($definition);
        $this->assertSame('accounts', $amounts->getModule());
        $this->assertSame(
            [$field => ['type' => $wanted, 'label' => 'x'], 'name' => ['type' => 'name']],
            $definition->getVardef()
        );
    }

    public function fields(): array
    {
        return [
            'what is at stake' => ['value_at_stake_c', 'currency'],
            'what was bought' => ['purchase_total_c', 'currency'],
            'a share' => ['wallet_share_c', 'decimal'],
            'days' => ['resolution_days_c', 'decimal'],
            'an amount that people type' => ['wallet_estimate_c', 'decimal'],
            'a field of somebody else' => ['budget_c', 'decimal'],
        ];
    }

    public function testAnAmountOnARecordIsNotToBeEdited(): void
    {
        require_once __DIR__ . '/StandIns/fields.php';
        $fields = new FieldDefinition(['clv_c' => ['type' => 'currency'], 'amount' => ['type' => 'currency']]);
        $theirs = ['name' => 'amount-group', 'type' => 'grouped-field', 'label' => 'A', 'fieldDefinition' => []];
        $ours = ['name' => 'clv_c-group', 'type' => 'grouped-field', 'label' => 'B', 'vname' => 'B', 'fieldDefinition' => []];
        $view = new ViewDefinition(['panels' => [['key' => 'p', 'rows' => [['cols' => [$theirs, $ours]]]]]]);
        (new AmountCells('contacts'))->map($view, $fields);
        [$first, $second] = $view->view['panels'][0]['rows'][0]['cols'];
        $this->assertSame($theirs, $first);
        $this->assertSame(['clv_c', 'currency', true], [$second['name'], $second['type'], $second['readonly']]);
    }

    public function testAViewWithoutPanelsStaysAsItIs(): void
    {
        require_once __DIR__ . '/StandIns/fields.php';
        $view = new ViewDefinition(null);
        (new AmountCells('contacts'))->map($view, new FieldDefinition([]));
        $this->assertNull($view->view);
    }

    /**
     * @runInSeparateProcess
     * @preserveGlobalState disabled
     */
    public function testAPageOfTheMomentInWhichThePackageGoesIsShownAsItIs(): void
    {
        require_once __DIR__ . '/StandIns/fields.php';
        $definition = new FieldDefinition(['value_at_stake_c' => ['type' => 'decimal']]);
        $amounts = new Amounts('accounts');
        $this->withoutThePackagesClasses(function () use ($amounts, $definition): void {
            $amounts->map($definition);
        });
        $this->assertSame(['value_at_stake_c' => ['type' => 'decimal']], $definition->getVardef());
    }

    private function withoutThePackagesClasses(callable $work): void
    {
        $loaders = spl_autoload_functions();
        array_map('spl_autoload_unregister', $loaders);
        try {
            $work();
        } finally {
            array_map('spl_autoload_register', $loaders);
        }
    }

    /**
     * @runInSeparateProcess
     * @preserveGlobalState disabled
     */
    public function testWhereSuiteCrmAsksNobodyAboutFieldsNothingIsRegistered(): void
    {
        $container = new class {
            public $registered = [];
        };
        require __DIR__ . '/../../../custom/extensions/suitecrmbridge/config/amounts.php';
        $this->assertSame([], $container->registered);
    }

    public function testALayoutWithoutOurFieldsGetsNone(): void
    {
        require_once __DIR__ . '/StandIns/fields.php';
        $definition = new FieldDefinition(['name' => ['type' => 'name']]);
        (new Amounts('contacts'))->map($definition);
        $this->assertSame(['name' => ['type' => 'name']], $definition->getVardef());
    }
}
