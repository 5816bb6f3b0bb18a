<?php

namespace App\Extension\suitecrmbridge\DependencyInjection;

use App\FieldDefinitions\Entity\FieldDefinition;
use App\ViewDefinitions\Entity\ViewDefinition;
use App\ViewDefinitions\LegacyHandler\ViewDefinitionMapperInterface;

/**
 * Keeps the bridge's amounts from being edited on a record.
 *
 * SuiteCRM 8 makes of an amount a group of an amount and its currency, and forgets that it is not to be edited.
 */
final class AmountCells implements ViewDefinitionMapperInterface
{
    private const KEY = 'suitecrmbridge-amounts';
    private const GROUP = '-group';

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

    /** Of this module: so it comes after what is done for all. */
    public function getModule(): string
    {
        return $this->module;
    }

    public function map(ViewDefinition $definition, FieldDefinition $fieldDefinition): void
    {
        $view = $definition->getRecordView();
        if (empty($view['panels'])) {
            return;
        }
        $fields = $fieldDefinition->getVardef();
        foreach ($view['panels'] as $panel => $content) {
            foreach ($content['rows'] ?? [] as $row => $cells) {
                foreach ($cells['cols'] ?? [] as $place => $cell) {
                    $view['panels'][$panel]['rows'][$row]['cols'][$place] = $this->single($cell, $fields);
                }
            }
        }
        $definition->setRecordView($view);
    }

    private function single(array $cell, array $fields): array
    {
        $group = (string) ($cell['name'] ?? '');
        $name = substr($group, 0, -strlen(self::GROUP));
        if ($group !== $name . self::GROUP || !isset($fields[$name]) || !Amounts::has($this->module, $name)) {
            return $cell;
        }
        return [
            'name' => $name,
            'type' => $fields[$name]['type'],
            'label' => $cell['label'] ?? '',
            'vname' => $cell['vname'] ?? '',
            'readonly' => true,
            'fieldDefinition' => ['readonly' => true] + $fields[$name],
        ];
    }
}
