<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What a request to a fast route carries: a name from its address, parameters, a JSON object. */
final class Request
{
    /** @var string */
    private $name;
    /** @var array<string, mixed> */
    private $parameters;
    /** @var mixed */
    private $body;

    /**
     * @param array<string, mixed> $parameters
     * @param mixed $body the decoded JSON
     */
    public function __construct(string $name, array $parameters, $body)
    {
        $this->name = $name;
        $this->parameters = $parameters;
        $this->body = $body;
    }

    /** The part of the address that is a module, a link or a list. */
    public function name(): string
    {
        return $this->name;
    }

    /**
     * @param string[] $known
     * @return array<string, string>
     */
    public function parameters(array $known): array
    {
        foreach ($this->parameters as $name => $value) {
            if (!in_array($name, $known, true)) {
                throw new Refusal('unknown_parameter', ['name' => $name], (string) $name);
            }
            if (!is_string($value)) {
                throw new Refusal('bad_parameter', ['name' => $name], (string) $name);
            }
        }
        return $this->parameters;
    }

    /**
     * @param string[] $needed
     * @param string[] $optional
     * @return array<string, mixed>
     */
    public function object(array $needed, array $optional = []): array
    {
        if (!is_array($this->body) || self::isList($this->body)) {
            throw new Refusal('no_object');
        }
        foreach (array_keys($this->body) as $name) {
            if (!in_array($name, $needed, true) && !in_array($name, $optional, true)) {
                throw new Refusal('unknown_key', ['name' => $name], (string) $name);
            }
        }
        foreach ($needed as $name) {
            if (!array_key_exists($name, $this->body)) {
                throw new Refusal('missing_key', ['name' => $name], $name);
            }
        }
        return $this->body;
    }

    /**
     * @param array<string, mixed> $object
     * @return mixed[]
     */
    public static function listOf(array $object, string $name): array
    {
        $list = $object[$name] ?? [];
        if (!is_array($list) || !self::isList($list)) {
            throw new Refusal('no_list', ['name' => $name], $name);
        }
        return $list;
    }

    private static function isList(array $values): bool
    {
        return $values === [] || array_keys($values) === range(0, count($values) - 1);
    }
}
