<?php

namespace App\Extension\suitecrmbridge\DependencyInjection;

use App\FieldDefinitions\Entity\FieldDefinition;
use App\FieldDefinitions\LegacyHandler\FieldDefinitionMapperInterface;
use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

/**
 * Has SuiteCRM 8 write the bridge's amounts as amounts: it draws a decimal as it is stored.
 *
 * What people may edit is left alone, for what they type would be taken to be in their own currency.
 */
final class Amounts implements FieldDefinitionMapperInterface
{
    public const MODULES = ['contacts' => 'Contacts', 'accounts' => 'Accounts', 'leads' => 'Leads'];
    private const KEY = 'suitecrmbridge-amounts';
    /** Of all decimals, amounts alone have hundredths. */
    private const SCALE = 2;
    private const DIGITS = 18;

    /** @var string */
    private $module;

    public function __construct(string $module)
    {
        $this->module = $module;
    }

    public function getKey(): string
    {
        return self::KEY;
    }

    public function getModule(): string
    {
        return $this->module;
    }

    public function map(FieldDefinition $definition): void
    {
        $fields = $definition->getVardef();
        foreach (array_keys($fields) as $name) {
            if (self::has($this->module, (string) $name)) {
                $fields[$name]['type'] = 'currency';
            }
        }
        $definition->setVardef($fields);
    }

    /** Whether this field of a module is an amount that the bridge writes. */
    public static function has(string $module, string $name): bool
    {
        // While SuiteCRM installs or uninstalls the package, a page that is asked for then may find only a part of it.
        if (!class_exists(Catalogue::class)) {
            return false;
        }
        $field = Catalogue::FIELDS[self::MODULES[$module]][$name] ?? null;
        return $field !== null && $field['type'] === 'decimal' && $field['writer'] === 'bridge'
            && ($field['digits'] ?? 0) === self::DIGITS && ($field['scale'] ?? 0) === self::SCALE;
    }
}
