<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Products;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The lists behind figures of complaints, by the rule that counts them. */
final class ComplaintLinks
{
    private const ENTERED = 'date_entered';

    /** @var Links */
    private $cases;
    /** @var Links */
    private $products;

    public function __construct(Links $cases, Links $products)
    {
        $this->cases = $cases;
        $this->products = $products;
    }

    /** A product's record; empty for a line that stands for none, or for several. */
    public function product(string $key): string
    {
        return self::isKnown($key) ? $this->products->record($key) : '';
    }

    public function record(string $id): string
    {
        return $this->cases->record($id);
    }

    public function open(): string
    {
        return $this->cases->records(self::openOnes());
    }

    public function late(): string
    {
        return $this->cases->records(self::lateOnes());
    }

    /** Complaints entered from one day to another, both included and as the user writes days. */
    public function between(string $first, string $last): string
    {
        return $this->cases->records(self::all(), self::range($first, $last), [self::ENTERED]);
    }

    /** Open complaints about a product; empty where SuiteCRM's list cannot be asked for them. */
    public function openOf(string $key, string $name): string
    {
        return self::isKnown($key) ? $this->cases->records(self::openOnes() + self::about($key, $name)) : '';
    }

    public function ofBetween(string $key, string $name, string $first, string $last): string
    {
        return self::isKnown($key)
            ? $this->cases->records(self::all() + self::about($key, $name), self::range($first, $last), [self::ENTERED])
            : '';
    }

    /** @return array<string, bool|string[]> what is to be found by field, for a list of open complaints past their target */
    public static function lateOnes(): array
    {
        return self::openOnes() + [Names::BREACHED => true];
    }

    private static function isKnown(string $key): bool
    {
        return !in_array($key, Products::NAMELESS, true);
    }

    /** The id finds the one that is meant, the name says in the form of the search what is looked for. */
    private static function about(string $key, string $name): array
    {
        $product = Names::COMPLAINT_PRODUCT;
        $field = Catalogue::FIELDS[Names::modulesWith($product)[0]][$product];
        return [$product => $name, $field['id_name'] => $key];
    }

    private static function openOnes(): array
    {
        $rule = Catalogue::COMPLAINTS;
        if ($rule['open_states'] !== []) {
            // Where the state tells, a status that says otherwise does not count.
            return self::all() + ['state' => $rule['open_states']];
        }
        return self::counted() + ['status' => self::statusesBut(array_merge($rule['closed_statuses'], $rule['left_out']))];
    }

    private static function all(): array
    {
        $left = Catalogue::COMPLAINTS['left_out'];
        return self::counted() + ($left === [] ? [] : ['status' => self::statusesBut($left)]);
    }

    private static function counted(): array
    {
        $rule = Catalogue::COMPLAINTS;
        $counted = ['ticked' => [Names::COMPLAINT => true], 'types' => ['type' => $rule['types']], 'all' => []];
        return $counted[$rule['counts']];
    }

    /**
     * SuiteCRM's lists can be asked for what is one of these, not for what is none of those.
     *
     * @param string[] $left
     * @return string[]
     */
    private static function statusesBut(array $left): array
    {
        $known = array_keys($GLOBALS['app_list_strings'][Names::STATUSES] ?? []);
        return array_values(array_diff(array_map('strval', array_filter($known)), $left));
    }

    private static function range(string $first, string $last): array
    {
        $field = self::ENTERED . '_advanced';
        return [
            $field . '_range_choice' => 'between',
            'start_range_' . $field => $first,
            'end_range_' . $field => $last,
        ];
    }
}
