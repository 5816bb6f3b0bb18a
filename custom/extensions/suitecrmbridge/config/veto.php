<?php

use App\Extension\suitecrmbridge\DependencyInjection\RecipientVeto;
use App\Module\Campaigns\Service\Email\Targets\Validation\BaseEmailTargetValidator;

// SuiteCRM before 8.9 asks nobody about a recipient. The class lies where SuiteCRM does not look for services
// by itself, for one whose parent is missing could stop the whole application.
if (isset($container) && class_exists(BaseEmailTargetValidator::class)) {
    $container->register(RecipientVeto::class, RecipientVeto::class)
        ->setAutowired(true)
        ->addTag('email.target.validator');
}
