<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Turns what a route writes, refuses or fails at into a JSON answer. */
final class Respond
{
    /**
     * @param \Slim\Http\Request $request
     * @param \Slim\Http\Response $response
     * @param array<string, string> $args
     * @return \Slim\Http\Response
     */
    public function to($request, $response, Route $route, array $args)
    {
        $gzip = self::takesGzip($request->getHeaderLine('Accept-Encoding'));
        // What hooks print must not end up in the JSON.
        ob_start();
        try {
            (new Guard())->admit((string) $request->getAttribute('oauth_access_token_id'));
            $output = new Output($gzip);
            $route->answer(self::read($request, $args), $output);
            return self::answer($response, 200, $output);
        } catch (Refusal $refusal) {
            return self::error($response, $refusal->status(), self::refused($refusal));
        } catch (\Throwable $failure) {
            self::log($failure);
            return self::error($response, 500, self::failed());
        } finally {
            ob_end_clean();
        }
    }

    public static function takesGzip(string $accepted): bool
    {
        return (bool) preg_match('/(^|,)\s*(gzip|\*)\s*(;\s*q=(1|0\.0*[1-9]))?/i', $accepted)
            && !preg_match('/(^|,)\s*gzip\s*;\s*q=0(\.0*)?\s*(,|$)/i', $accepted)
            && !ini_get('zlib.output_compression');
    }

    /** @return array<string, mixed> */
    public static function refused(Refusal $refusal): array
    {
        $error = [
            'code' => $refusal->reason(),
            'message' => Texts::get($refusal->textKey(), $refusal->params()),
        ];
        return ['error' => $refusal->where() === '' ? $error : $error + ['where' => $refusal->where()]];
    }

    /** @return array<string, mixed> */
    public static function failed(): array
    {
        return ['error' => ['code' => 'failed', 'message' => Texts::get('route_failed')]];
    }

    private static function read($request, array $args): Request
    {
        $body = $request->getMethod() === 'GET' ? null : json_decode((string) $request->getBody(), true);
        return new Request((string) reset($args), $request->getQueryParams(), $body);
    }

    /** @param array<string, mixed> $error */
    private static function error($response, int $status, array $error)
    {
        $output = new Output(false);
        $output->writeJson($error);
        return self::answer($response, $status, $output);
    }

    private static function answer($response, int $status, Output $output)
    {
        $response = $response->withStatus($status)
            ->withHeader('Content-Type', 'application/json')
            ->withHeader('Cache-Control', 'no-store')
            ->withHeader('Vary', 'Accept-Encoding')
            ->withBody(new \Slim\Http\Body($output->close()));
        return $output->isGzipped() ? $response->withHeader('Content-Encoding', 'gzip') : $response;
    }

    public static function log(\Throwable $failure): void
    {
        $GLOBALS['log']->fatal(sprintf(
            'SuiteCRM Bridge: %s in %s:%d: %s',
            get_class($failure),
            $failure->getFile(),
            $failure->getLine(),
            $failure->getMessage()
        ));
    }
}
