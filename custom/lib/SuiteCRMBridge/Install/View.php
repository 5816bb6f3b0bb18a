<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The package's part of one of Studio's layouts. */
interface View
{
    /** Studio's name of the layout. */
    public function name(): string;

    /** @return string[] the fields that the package has to offer here */
    public function fields(): array;

    /** @param string[] $fields those to put on the layout, unless they are there already */
    public function add(array $fields): void;

    /** @param string[] $fields those to take off the layout, wherever they stand */
    public function remove(array $fields): void;
}
