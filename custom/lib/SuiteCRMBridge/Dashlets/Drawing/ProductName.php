<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Products;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** A product's name, or what stands for one that has none. */
final class ProductName
{
    private const TEXTS = [
        Products::NONE => 'dashlet_no_product',
        Products::UNKNOWN => 'dashlet_unknown_product',
    ];

    public static function of(string $key, string $name): string
    {
        return isset(self::TEXTS[$key]) ? Texts::get(self::TEXTS[$key]) : $name;
    }
}
