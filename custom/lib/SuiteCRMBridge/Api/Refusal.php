<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** A request that is answered with an error object and changes nothing. */
final class Refusal extends \RuntimeException
{
    /** @var int */
    private $status;
    /** @var string */
    private $reason;
    /** @var array<string, scalar> */
    private $params;
    /** @var string */
    private $where;

    /** @param array<string, scalar> $params values of the placeholders of the text $textKey */
    public function __construct(int $status, string $reason, string $textKey, array $params = [], string $where = '')
    {
        parent::__construct($textKey);
        $this->status = $status;
        $this->reason = $reason;
        $this->params = $params;
        $this->where = $where;
    }

    /** @param array<string, scalar> $params */
    public static function request(string $textKey, array $params = [], string $where = ''): self
    {
        return new self(400, 'invalid_request', $textKey, $params, $where);
    }

    /** @param array<string, scalar> $params */
    public static function value(string $textKey, array $params, string $where): self
    {
        return new self(400, 'invalid_value', $textKey, $params, $where);
    }

    public static function column(string $module, string $column, string $where): self
    {
        $params = ['module' => $module, 'column' => $column];
        return new self(400, 'unknown_column', 'route_unknown_column', $params, $where);
    }

    public static function tooMany(int $limit, string $where): self
    {
        return new self(400, 'too_many_rows', 'route_too_many_rows', ['limit' => $limit], $where);
    }

    public static function tooManyAnnounced(int $limit): self
    {
        return new self(400, 'too_many_rows', 'route_too_many_announced', ['limit' => $limit], 'rows');
    }

    public static function access(string $module): self
    {
        return new self(403, 'no_access', 'route_no_access', ['module' => $module]);
    }

    public static function user(): self
    {
        return new self(403, 'user_inactive', 'route_user_inactive');
    }

    public static function bridge(): self
    {
        return new self(409, 'other_bridge', 'route_other_bridge');
    }

    /** @param string $what module, link or list */
    public static function unknown(string $what, string $name): self
    {
        return new self(404, 'unknown_' . $what, 'route_unknown_' . $what, ['name' => $name]);
    }

    /** The same refusal, said of a place within $where. */
    public function within(string $where): self
    {
        $inner = $this->where === '' ? $where : $where . '.' . $this->where;
        return new self($this->status, $this->reason, $this->textKey(), $this->params, $inner);
    }

    public function status(): int
    {
        return $this->status;
    }

    public function reason(): string
    {
        return $this->reason;
    }

    public function textKey(): string
    {
        return $this->getMessage();
    }

    /** @return array<string, scalar> */
    public function params(): array
    {
        return $this->params;
    }

    /** Place in the request, such as rows[3].rfm_recency_c. */
    public function where(): string
    {
        return $this->where;
    }
}
