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
    /** The rest, in one line. */
    public const OTHERS = '*';
    public const NAMELESS = [self::NONE, self::UNKNOWN, self::OTHERS];
    /** SuiteCRM writes nothing, or a nought, where no product was chosen. */
    private const EMPTY_IDS = ['', '0'];

    /** What joins the product's row, where the user may list it. */
    public static function join(Table $products, string $id): string
    {
        $conditions = [$products->name() . ".id = $id"];
        if (!$products->isAllowed()) {
            $conditions[] = '1 = 0';
        }
        return ' LEFT JOIN ' . $products->name() . ' ON ' . $products->where($conditions);
    }

    /** The product of each row as SQL, so that whatever has no name stands in one line. */
    public static function keySql(Table $products, string $id): string
    {
        return "CASE WHEN COALESCE($id, '') IN " . $products->values(self::EMPTY_IDS)
            . " THEN '" . self::NONE . "'"
            . ' WHEN COALESCE(' . $products->column('name') . ", '') = '' THEN '" . self::UNKNOWN . "'"
            . " ELSE $id END";
    }

    /** The product of a row with `product` (its id) and `name`. */
    public static function key(array $row): string
    {
        if (in_array((string) $row['product'], self::EMPTY_IDS, true)) {
            return self::NONE;
        }
        return (string) $row['name'] === '' ? self::UNKNOWN : $row['product'];
    }
}
