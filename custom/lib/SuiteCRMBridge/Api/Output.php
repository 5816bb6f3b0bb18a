<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Collects an answer piece by piece, gzipped if asked, in memory first and on disk if it is large. */
final class Output
{
    private const FLAGS = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE;
    private const FAST = 1;

    /** @var resource */
    private $stream;
    /** @var resource|\DeflateContext|null */
    private $deflate;

    public function __construct(bool $gzip)
    {
        $this->stream = fopen('php://temp', 'w+b');
        $this->deflate = $gzip ? deflate_init(ZLIB_ENCODING_GZIP, ['level' => self::FAST]) : null;
    }

    public function isGzipped(): bool
    {
        return $this->deflate !== null;
    }

    /** @param mixed $value */
    public static function json($value): string
    {
        $text = json_encode($value, self::FLAGS);
        if ($text === false) {
            throw new \RuntimeException('No JSON: ' . json_last_error_msg());
        }
        return $text;
    }

    public function write(string $text): void
    {
        $bytes = $this->deflate ? deflate_add($this->deflate, $text, ZLIB_NO_FLUSH) : $text;
        $this->put($bytes);
    }

    /** @param mixed $value */
    public function writeJson($value): void
    {
        $this->write(self::json($value));
    }

    /** @return resource the stream of the whole answer */
    public function close()
    {
        if ($this->deflate) {
            $this->put(deflate_add($this->deflate, '', ZLIB_FINISH));
        }
        rewind($this->stream);
        return $this->stream;
    }

    private function put(string $bytes): void
    {
        if (fwrite($this->stream, $bytes) !== strlen($bytes)) {
            throw new \RuntimeException('The temporary directory has no room for the answer');
        }
    }
}
