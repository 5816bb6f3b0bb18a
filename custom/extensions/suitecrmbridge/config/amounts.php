<?php

use App\Extension\suitecrmbridge\DependencyInjection\AmountCells;
use App\Extension\suitecrmbridge\DependencyInjection\Amounts;
use App\FieldDefinitions\LegacyHandler\FieldDefinitionMapperInterface;
use App\ViewDefinitions\LegacyHandler\ViewDefinitionMapperInterface;

if (
    isset($container)
    && interface_exists(FieldDefinitionMapperInterface::class)
    && interface_exists(ViewDefinitionMapperInterface::class)
) {
    foreach (Amounts::MODULES as $module => $_) {
        $container->register("suitecrmbridge.amounts.$module", Amounts::class)
            ->setArguments([$module])
            ->addTag('field.definition.mapper');
        $container->register("suitecrmbridge.amount.cells.$module", AmountCells::class)
            ->setArguments([$module])
            ->addTag('view.definition.mapper');
    }
}
