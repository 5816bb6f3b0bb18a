<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Widgets;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\SegmentsQuery;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Table;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** How many customers of a list are in each segment. */
final class SegmentCounts
{
    /**
     * Segments with a customer, in the catalogue's order.
     *
     * @param bool $isWhole whether the list has no filter
     * @param callable(\SugarBean): array<string, string> $list the parts of the list's statement, rights included
     * @param callable(\SugarBean, array<string, string>): array<int, array<string, string>> $run
     * @return array<int, array{name: string, colour: string, customers: int}>
     */
    public static function of(string $module, bool $isWhole, callable $list, callable $run): array
    {
        $bean = \BeanFactory::newBean($module);
        if (!$bean || !$bean->ACLAccess('list') || !isset($bean->field_defs[Names::SEGMENT])) {
            return [];
        }
        $counts = $isWhole ? SegmentsQuery::run(new Table($bean)) : self::filtered($bean, $list($bean), $run);
        $found = [];
        foreach (Catalogue::SEGMENTS as $key => $known) {
            if (!empty($counts[$key])) {
                $name = Texts::option(Names::dropdown(Names::SEGMENT), $key);
                $found[] = ['name' => $name, 'colour' => $known['colour'], 'customers' => (int) $counts[$key]];
            }
        }
        return $found;
    }

    /** @return array<string, string> */
    private static function filtered($bean, array $list, callable $run): array
    {
        $segment = $bean->get_custom_table_name() . '.' . Names::SEGMENT;
        $id = $bean->table_name . '.id';
        $parts = [
            // A list joins what it shows besides: somebody with two accounts is there twice.
            'select' => "SELECT $segment AS segment, COUNT(DISTINCT $id) AS customers",
            'order_by' => '',
            'group_by' => " GROUP BY $segment",
        ] + $list;
        return array_column($run($bean, $parts), 'customers', 'segment');
    }
}
