<?php

namespace App\Extension\suitecrmbridge\DependencyInjection;

use App\FieldDefinitions\Entity\FieldDefinition;
use App\FieldDefinitions\LegacyHandler\FieldDefinitionMapperInterface;

/** Tells SuiteCRM 8 of the fields that say what there is to show: it heeds no field that it does not know. */
final class KnownFields implements FieldDefinitionMapperInterface
{
    private const KEY = 'suitecrmbridge-known';
    private const FIELD = [
        'type' => 'varchar',
        'source' => 'non-db',
        'readonly' => true,
        'massupdate' => false,
        'inline_edit' => false,
        'reportable' => false,
        'studio' => false,
    ];

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
        foreach (Known::FIELDS[$this->module] as $name) {
            $fields[$name] = ['name' => $name, 'vname' => ''] + self::FIELD;
        }
        $definition->setVardef($fields);
    }
}
