<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The addresses of the fast routes, below /Api/V8/custom. */
final class Routes
{
    private const PREFIX = '/bridge/v1/';

    private const TABLE = [
        ['GET', 'ping', Ping::class],
        ['GET', 'records/{module}', Records::class],
        ['GET', 'links/{relationship}', Links::class],
        ['GET', 'history/{module}', History::class],
        ['GET', 'digests/{module}', Digests::class],
        ['POST', 'scores/{module}', Scores::class],
        ['POST', 'cards/{module}', CardsRoute::class],
        ['POST', 'members/{list}', Members::class],
        ['POST', 'addressing', AddressingRoute::class],
        ['POST', 'claims', Claims::class],
        ['POST', 'runs', RunsRoute::class],
        ['GET', 'programmes', Wishes::class],
        ['POST', 'programmes', ProgrammesRoute::class],
    ];

    /** @return string[] */
    public static function classes(): array
    {
        return array_column(self::TABLE, 2);
    }

    /** @param \Slim\App $app */
    public function register($app): void
    {
        foreach (self::TABLE as [$method, $path, $class]) {
            $app->map([$method], self::PREFIX . $path, function ($request, $response, array $args) use ($class) {
                return (new Respond())->to($request, $response, new $class(), $args);
            });
        }
    }
}
