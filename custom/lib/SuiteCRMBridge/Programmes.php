<?php

namespace SuiteCRM\Custom\SuiteCRMBridge;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * The programmes as the bridge told them last, and what administrators wish of them, kept in SuiteCRM's
 * table of settings.
 *
 * Whether a programme runs, the bridge alone decides: a wish waits until its next run has carried it out.
 */
final class Programmes
{
    private const TOLD = 'suitecrmbridge_programmes';
    private const WISHED = 'suitecrmbridge_wishes';
    private const MARK = 'mark';

    /** @return array<int, array<string, mixed>> as `ProgrammesRoute` takes them, in the order in which they were told */
    public static function told(): array
    {
        $found = array_values(array_diff_key(self::all(self::TOLD), [self::MARK => true]));
        usort($found, static function (array $one, array $other): int {
            return $one['place'] <=> $other['place'];
        });
        return $found;
    }

    /** What the bridge called its last report, null before the first. */
    public static function mark(): ?string
    {
        return self::all(self::TOLD)[self::MARK]['mark'] ?? null;
    }

    /** @return array<string, array<string, mixed>> programme, running, by, at (seconds) and id, by programme */
    public static function wishes(): array
    {
        return array_column(self::all(self::WISHED), null, 'programme');
    }

    /**
     * Keep what the bridge tells, and let go of the wishes that are done or that no programme answers to.
     *
     * @param array<int, array<string, mixed>> $programmes
     * @param string[] $done ids of wishes; one that has come meanwhile has another id, and stays
     */
    public static function tell(array $programmes, string $mark, array $done): void
    {
        (new Database())->transaction(static function () use ($programmes, $mark, $done): void {
            self::clear(self::TOLD);
            foreach ($programmes as $place => $programme) {
                self::put(self::TOLD, md5($programme['key']), $programme + ['place' => $place]);
            }
            self::put(self::TOLD, self::MARK, ['mark' => $mark]);
            $known = array_column($programmes, 'key');
            foreach (self::wishes() as $key => $wish) {
                if (in_array($wish['id'], $done, true) || !in_array($key, $known, true)) {
                    self::withdraw($wish);
                }
            }
        });
    }

    /**
     * Wish that a programme runs, or does not; to wish what is so already takes the wish back.
     *
     * @return bool false where the bridge told of no such programme
     */
    public static function wish(string $key, bool $running, string $by): bool
    {
        return (new Database())->transaction(static function () use ($key, $running, $by): bool {
            $programme = self::all(self::TOLD)[md5($key)] ?? null;
            if ($programme === null) {
                return false;
            }
            self::clear(self::WISHED, md5($key));
            if (($programme['state'] === 'running') !== $running) {
                self::put(self::WISHED, md5($key), [
                    'programme' => $key,
                    'running' => $running,
                    'by' => $by,
                    'at' => time(),
                    'id' => bin2hex(random_bytes(16)),
                ]);
            }
            return true;
        });
    }

    public static function forget(): void
    {
        self::clear(self::TOLD);
        self::clear(self::WISHED);
    }

    /** Take a wish away, unless another one has taken its place meanwhile. */
    private static function withdraw(array $wish): void
    {
        $database = new Database();
        $database->run(sprintf(
            'DELETE FROM config WHERE category = %s AND name = %s AND value = %s',
            $database->text(self::WISHED),
            $database->text(md5($wish['programme'])),
            $database->text(self::written($wish))
        ));
        sugar_cache_clear('admin_settings_cache');
    }

    /** @return array<string, array<string, mixed>> by name */
    private static function all(string $category): array
    {
        $database = new Database();
        $found = [];
        $rows = $database->rows('SELECT name, value FROM config WHERE category = ' . $database->text($category));
        foreach ($rows as $row) {
            $value = json_decode((string) $row['value'], true);
            if (is_array($value)) {
                $found[$row['name']] = $value;
            }
        }
        return $found;
    }

    private static function put(string $category, string $name, array $value): void
    {
        $database = new Database();
        $database->run(sprintf(
            'INSERT INTO config (category, name, value) VALUES (%s, %s, %s)',
            $database->text($category),
            $database->text($name),
            $database->text(self::written($value))
        ));
        // SuiteCRM keeps a copy of its settings.
        sugar_cache_clear('admin_settings_cache');
    }

    private static function clear(string $category, ?string $name = null): void
    {
        $database = new Database();
        $database->run('DELETE FROM config WHERE category = ' . $database->text($category)
            . ($name === null ? '' : ' AND name = ' . $database->text($name)));
        sugar_cache_clear('admin_settings_cache');
    }

    /** In ASCII: the database may be unable to keep every letter. */
    private static function written(array $value): string
    {
        return (string) json_encode($value, JSON_THROW_ON_ERROR);
    }
}
