<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** A request that is answered with an error object and changes nothing. */
final class Refusal extends \RuntimeException
{
    /** @var string */
    private $name;
    /** @var array<string, scalar> */
    private $params;
    /** @var string */
    private $where;

    /**
     * @param string $name one of Refusals::ALL
     * @param array<string, scalar> $params values of the placeholders of its text
     * @param string $where place in the request, such as rows[3].rfm_recency_c
     */
    public function __construct(string $name, array $params = [], string $where = '')
    {
        parent::__construct($name);
        $this->name = $name;
        $this->params = $params;
        $this->where = $where;
    }

    /** The same refusal, said of a place within $where. */
    public function within(string $where): self
    {
        $inner = $this->where === '' ? $where : $where . '.' . $this->where;
        return new self($this->name, $this->params, $inner);
    }

    public function status(): int
    {
        return Refusals::ALL[$this->name][0];
    }

    public function reason(): string
    {
        return Refusals::ALL[$this->name][1];
    }

    public function textKey(): string
    {
        return 'route_' . $this->name;
    }

    /** @return array<string, scalar> */
    public function params(): array
    {
        return $this->params;
    }

    public function where(): string
    {
        return $this->where;
    }
}
