<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Platform;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Addresses of SuiteCRM's own pages behind a dashlet's figures, not yet escaped. */
final class Links
{
    private const OWNER = 'assigned_user_id';

    /** @var string */
    private $module;
    /** @var string */
    private $owner;

    /** @param string $owner id of the user of whose records alone the figures are; empty: of everybody's */
    public function __construct(string $module, string $owner = '')
    {
        $this->module = $module;
        $this->owner = $owner;
    }

    /**
     * The list of the records for which all of this holds, with a column for each field.
     *
     * @param array<string, string|int|bool|string[]> $filter what is to be found by field; a list: one of these
     * @param array<string, string> $more parameters of the search besides
     * @param string[] $shown fields to show besides
     */
    public function records(array $filter, array $more = [], array $shown = []): string
    {
        $filter = array_filter($filter, static function ($wanted): bool {
            return $wanted !== [];
        });
        $parameters = [];
        foreach ($filter + $this->own() as $field => $wanted) {
            foreach (self::parameters($field . '_advanced', $wanted) as $parameter) {
                $parameters[] = $parameter;
            }
        }
        $query = ['query' => 'true', 'searchFormTab' => 'advanced_search'];
        $columns = ListColumns::with($this->module, array_merge(array_keys($filter), $shown));
        if ($columns !== '') {
            $more['displayColumns'] = $columns;
        }
        return implode('&', array_merge(
            [self::page($this->module, 'index', $query)],
            $parameters,
            $more === [] ? [] : [http_build_query($more, '', '&')]
        ));
    }

    public function record(string $id): string
    {
        return self::page($this->module, 'DetailView', ['record' => $id]);
    }

    /**
     * A list goes as `field[]`, for SuiteCRM 8 does not understand `field[0]`, which PHP would make of it; nor
     * does it understand the same parameter twice, but several values behind commas. Of a box it asks for `true`.
     *
     * @param string|int|bool|string[] $wanted
     * @return string[]
     */
    private static function parameters(string $name, $wanted): array
    {
        if (is_bool($wanted)) {
            $wanted = Platform::isEight() ? 'true' : 1;
        }
        if (!is_array($wanted)) {
            return [$name . '=' . rawurlencode((string) $wanted)];
        }
        $values = Platform::isEight() ? [implode(',', $wanted)] : $wanted;
        return array_map(static function (string $value) use ($name): string {
            return $name . '%5B%5D=' . rawurlencode($value);
        }, array_values($values));
    }

    /** @return array<string, string[]> */
    private function own(): array
    {
        if ($this->owner === '') {
            return [];
        }
        // Of a single id, SuiteCRM 8 takes every id that begins so; of two it takes just these.
        return [self::OWNER => Platform::isEight() ? [$this->owner, $this->owner] : [$this->owner]];
    }

    private static function page(string $module, string $action, array $parameters): string
    {
        $all = ['module' => $module, 'action' => $action] + $parameters;
        return 'index.php?' . http_build_query($all, '', '&');
    }
}
