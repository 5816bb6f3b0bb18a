<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The products that complaints are about. */
final class Products
{
    /** A product that was deleted, or that the user may not list. */
    public const UNKNOWN = '?';
    public const NONE = '';

    /** What joins the product's row, where the user may list it. */
    public static function join(Table $products, string $id): string
    {
        $conditions = [$products->name() . ".id = $id"];
        if (!$products->isAllowed()) {
            $conditions[] = '1 = 0';
        }
        return ' LEFT JOIN ' . $products->name() . ' ON ' . $products->where($conditions);
    }

    /** The product of a row with `product` (its id) and `name`. */
    public static function key(array $row): string
    {
        if ((string) $row['product'] === '') {
            return self::NONE;
        }
        return (string) $row['name'] === '' ? self::UNKNOWN : $row['product'];
    }
}
