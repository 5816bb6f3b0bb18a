<?php

use App\Data\Service\Record\ApiRecordMappers\ApiRecordMapperInterface;
use App\Extension\suitecrmbridge\DependencyInjection\Known;
use App\Extension\suitecrmbridge\DependencyInjection\KnownFields;
use App\Extension\suitecrmbridge\DependencyInjection\KnownRecord;
use App\Extension\suitecrmbridge\DependencyInjection\Widgets;
use App\ViewDefinitions\LegacyHandler\ViewConfigMapperInterface;

// SuiteCRM before 8.9 asks nobody about a view's widgets, and cannot leave out those without a figure. The classes
// lie where SuiteCRM does not look for services by itself, for one whose parent is missing could stop the whole
// application.
if (
    isset($container)
    && interface_exists(ViewConfigMapperInterface::class)
    && interface_exists(ApiRecordMapperInterface::class)
) {
    foreach (Widgets::PLACES as [$view, $module]) {
        $container->register("suitecrmbridge.widgets.$view.$module", Widgets::class)
            ->setArguments([$view, $module])
            ->addTag('view.config.mapper');
    }
    $container->register(Known::class, Known::class)->setAutowired(true);
    foreach (array_keys(Known::FIELDS) as $module) {
        $container->register("suitecrmbridge.known.fields.$module", KnownFields::class)
            ->setArguments([$module])
            ->addTag('field.definition.mapper');
        $container->register("suitecrmbridge.known.record.$module", KnownRecord::class)
            ->setArguments([$module])
            ->setAutowired(true)
            ->addTag('mappers.api.record.record');
    }
}
