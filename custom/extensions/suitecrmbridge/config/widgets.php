<?php

use App\Extension\suitecrmbridge\DependencyInjection\Widgets;
use App\ViewDefinitions\LegacyHandler\ViewConfigMapperInterface;

// SuiteCRM before 8.9 asks nobody about a view's widgets, and cannot leave out those without a figure. The class
// lies where SuiteCRM does not look for services by itself, for one whose parent is missing could stop the whole
// application.
if (isset($container) && interface_exists(ViewConfigMapperInterface::class)) {
    foreach (Widgets::PLACES as [$view, $module]) {
        $container->register("suitecrmbridge.widgets.$view.$module", Widgets::class)
            ->setArguments([$view, $module])
            ->addTag('view.config.mapper');
    }
}
