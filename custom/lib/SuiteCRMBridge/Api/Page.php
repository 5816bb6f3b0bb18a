<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Writes the rows of a SELECT by Keyset as JSON, a batch at a time. */
final class Page
{
    private const BATCH = 500;
    private const BATCH_BYTES = 262144;
    private const NOTHING = ['' => true, '0000-00-00' => true, '0000-00-00 00:00:00' => true];

    /** @var Output */
    private $output;
    /** @var int bytes of the rows written so far */
    private $written = 0;
    /** @var array<int, mixed[]> rows to be written together */
    private $batch = [];
    /** @var int bytes that these take at least */
    private $waiting = 0;

    public function __construct(Output $output)
    {
        $this->output = $output;
    }

    /**
     * @param string[] $columns names of the columns after the head
     * @param iterable<array<int, string|null>> $rows one more than $limit if more follow
     * @param int $bytes at which the page ends early; its first row comes whatever it has
     */
    public function write(array $columns, iterable $rows, int $limit, int $bytes): void
    {
        $head = Output::json(array_merge(Keyset::HEAD, $columns));
        $this->output->write('{"columns":' . $head . ',"rows":[');
        $complete = true;
        $number = 0;
        foreach ($rows as $row) {
            if (++$number > $limit || !$this->fits($row, $bytes)) {
                $complete = false;
                break;
            }
            $this->batch[] = self::row($row);
            if (count($this->batch) === self::BATCH || $this->waiting > self::BATCH_BYTES) {
                $this->flush();
            }
        }
        $this->flush();
        $this->output->write('],"complete":' . ($complete ? 'true' : 'false') . '}');
    }

    /**
     * Whether a row has room before that many bytes; if so it counts as taken.
     *
     * @param array<int, string|null> $row
     */
    private function fits(array $row, int $bytes): bool
    {
        // Quotes and commas are counted, signs that JSON escapes are not: those show once written.
        $size = strlen(implode('","', $row)) + 5;
        $isFirst = $this->written === 0 && $this->batch === [];
        if (!$isFirst && $this->written + $this->waiting + $size > $bytes) {
            return false;
        }
        $this->waiting += $size;
        return true;
    }

    private function flush(): void
    {
        if ($this->batch !== []) {
            $text = substr(Output::json($this->batch), 1, -1);
            $this->output->write(($this->written > 0 ? ',' : '') . $text);
            $this->written += strlen($text) + 1;
            $this->batch = [];
            $this->waiting = 0;
        }
    }

    /**
     * @param array<int, string|null> $row
     * @return array<int, string|int|null>
     */
    private static function row(array $row): array
    {
        foreach ($row as $place => $value) {
            if ($value !== null && isset(self::NOTHING[$value])) {
                $row[$place] = null;
            }
        }
        $row[1] = (int) $row[1];
        if ($row[1] === 1) {
            for ($place = count(Keyset::HEAD); $place < count($row); $place++) {
                $row[$place] = null;
            }
        }
        return $row;
    }
}
