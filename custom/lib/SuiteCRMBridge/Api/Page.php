<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Writes the rows of a SELECT by Keyset as JSON, a batch at a time. */
final class Page
{
    private const BATCH = 500;
    private const NOTHING = ['' => true, '0000-00-00' => true, '0000-00-00 00:00:00' => true];

    /** @var Output */
    private $output;
    /** @var bool */
    private $started = false;

    public function __construct(Output $output)
    {
        $this->output = $output;
    }

    /**
     * @param string[] $columns names of the columns after the head
     * @param iterable<array<int, string|null>> $rows one more than $limit if more follow
     */
    public function write(array $columns, iterable $rows, int $limit): void
    {
        $head = Output::json(array_merge(Keyset::HEAD, $columns));
        $this->output->write('{"columns":' . $head . ',"rows":[');
        $complete = true;
        $number = 0;
        $batch = [];
        foreach ($rows as $row) {
            if (++$number > $limit) {
                $complete = false;
                break;
            }
            $batch[] = self::row($row);
            if (count($batch) === self::BATCH) {
                $this->flush($batch);
                $batch = [];
            }
        }
        $this->flush($batch);
        $this->output->write('],"complete":' . ($complete ? 'true' : 'false') . '}');
    }

    /** @param array<int, mixed[]> $batch */
    private function flush(array $batch): void
    {
        if ($batch !== []) {
            $this->output->write(($this->started ? ',' : '') . substr(Output::json($batch), 1, -1));
            $this->started = true;
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
