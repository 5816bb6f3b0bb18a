<?php

namespace App\Extension\suitecrmbridge\DependencyInjection;

/**
 * What SuiteCRM's database says now of a recipient and a programme's list.
 *
 * Which lists are a programme's, with their control lists and caps, is what the bridge told last: the setting
 * "addressing", {"contacts": …, "days": …, "lists": {list: [control list or null, contacts or null, days or null]}}.
 */
final class Programmes
{
    public const CONTROL = 'programme-control';
    public const LEFT = 'programme-left';
    public const OPTED_OUT = 'programme-opted-out';
    public const INVALID = 'programme-invalid';
    public const WITHDRAWN = 'programme-withdrawn';
    public const OBJECTS = 'programme-objects';
    public const CAP = 'programme-cap';
    public const UNKNOWN = 'programme-unknown';

    private const RECORDS = [
        'Contacts' => 'SELECT r.date_modified AS changed, r.lawful_basis AS basis, c.no_profiling_c AS objects'
            . ' FROM contacts r LEFT JOIN contacts_cstm c ON c.id_c = r.id WHERE r.id = :person AND r.deleted = 0',
        'Accounts' => "SELECT r.date_modified AS changed, '' AS basis, c.no_profiling_c AS objects"
            . ' FROM accounts r LEFT JOIN accounts_cstm c ON c.id_c = r.id WHERE r.id = :person AND r.deleted = 0',
        'Leads' => 'SELECT r.date_modified AS changed, r.lawful_basis AS basis, 0 AS objects'
            . ' FROM leads r WHERE r.id = :person AND r.deleted = 0',
    ];
    private const DAY = 86400;

    /** @var callable */
    private $ask;

    /** @param callable $ask is given a statement and its values by name, and returns rows by column */
    public function __construct(callable $ask)
    {
        $this->ask = $ask;
    }

    /** Whether a list is a programme's. */
    public function has(string $list): bool
    {
        return $list !== '' && strpos($this->told(), '"' . $list . '":') !== false;
    }

    /**
     * Why a mail is not to go to a person, '' where nothing is known against it.
     *
     * @param string $module the person's, as SuiteCRM's tables have it
     * @param string $list over which list the mail reaches them
     * @param string $marketing the campaign's message
     * @param int $now in seconds since 1970
     */
    public function reason(string $module, string $person, string $list, string $marketing, int $now): string
    {
        $told = $this->told();
        if ($told === '') {
            return '';
        }
        $known = json_decode($told, true);
        if (!is_array($known) || !is_array($known['lists'] ?? null)) {
            return $this->has($list) ? self::UNKNOWN : '';
        }
        $lists = $known['lists'];
        $own = isset($lists[$list]);
        $reason = $this->place($module, $person, $own ? $list : '', $this->controls($lists, $list, $marketing));
        if ($reason !== '' || !$own) {
            return $reason;
        }
        return $this->record($module, $person)
            ?: $this->address($module, $person)
            ?: $this->frequency($module, $person, $lists, self::caps($known, $lists[$list]), $now);
    }

    /** Who left the list since they were queued gets nothing; who is only measured never does. */
    private function place(string $module, string $person, string $list, array $controls): string
    {
        $wanted = array_values(array_unique(array_filter(array_merge([$list], $controls))));
        if ($wanted === []) {
            return '';
        }
        [$places, $values] = self::places($wanted);
        $rows = $this->rows(
            'SELECT prospect_list_id AS list FROM prospect_lists_prospects WHERE related_id = :person'
            . " AND related_type = :module AND deleted = 0 AND prospect_list_id IN ($places)",
            ['person' => $person, 'module' => $module] + $values
        );
        $on = array_column($rows, 'list');
        if (array_intersect($controls, $on) !== []) {
            return self::CONTROL;
        }
        return $list === '' || in_array($list, $on, true) ? '' : self::LEFT;
    }

    /** @return string[] the control lists beside this list, and beside the others that the message has */
    private function controls(array $lists, string $list, string $marketing): array
    {
        $rows = $this->rows(
            'SELECT prospect_list_id AS list FROM email_marketing_prospect_lists'
            . ' WHERE email_marketing_id = :marketing AND deleted = 0',
            ['marketing' => $marketing]
        );
        $controls = [];
        foreach (array_merge([$list], array_column($rows, 'list')) as $id) {
            $controls[] = (string) ($lists[$id][0] ?? '');
        }
        return array_values(array_filter($controls));
    }

    private function record(string $module, string $person): string
    {
        if (!isset(self::RECORDS[$module])) {
            return '';
        }
        $rows = $this->rows(self::RECORDS[$module], ['person' => $person]);
        if ($rows === []) {
            return self::UNKNOWN;
        }
        if (strpos((string) $rows[0]['basis'], 'withdrawn') !== false) {
            return self::WITHDRAWN;
        }
        if ((int) $rows[0]['objects'] === 1) {
            return self::OBJECTS;
        }
        // A link in a campaign's mail counts until the record was saved without it.
        $removed = $this->rows(
            "SELECT MAX(activity_date) AS moment FROM campaign_log WHERE target_id = :person"
            . " AND target_type = :module AND activity_type = 'removed' AND deleted = 0",
            ['person' => $person, 'module' => $module]
        );
        $moment = (string) ($removed[0]['moment'] ?? '');
        return $moment !== '' && $moment >= (string) $rows[0]['changed'] ? self::OPTED_OUT : '';
    }

    private function address(string $module, string $person): string
    {
        $rows = $this->rows(
            'SELECT a.opt_out AS opted_out, a.invalid_email AS invalid FROM email_addr_bean_rel b'
            . ' JOIN email_addresses a ON a.id = b.email_address_id AND a.deleted = 0'
            . ' WHERE b.bean_id = :person AND b.bean_module = :module AND b.primary_address = 1 AND b.deleted = 0',
            ['person' => $person, 'module' => $module]
        );
        foreach ($rows as $row) {
            if ((int) $row['opted_out'] === 1) {
                return self::OPTED_OUT;
            }
            if ((int) $row['invalid'] === 1) {
                return self::INVALID;
            }
        }
        return '';
    }

    /**
     * @param array<int, array{0: int, 1: int}> $caps most mails, within that many days
     */
    private function frequency(string $module, string $person, array $lists, array $caps, int $now): string
    {
        [$places, $values] = self::places(array_map('strval', array_keys($lists)));
        foreach ($caps as [$contacts, $days]) {
            // By whole days, as the bridge counts them: what is due again today is not put off by an hour.
            $since = gmdate('Y-m-d 00:00:00', $now - ($days - 1) * self::DAY);
            $rows = $this->rows(
                'SELECT COUNT(*) AS mails FROM campaign_log WHERE target_id = :person AND target_type = :module'
                . " AND activity_type = 'targeted' AND activity_date >= :since AND deleted = 0"
                . " AND list_id IN ($places)",
                ['person' => $person, 'module' => $module, 'since' => $since] + $values
            );
            if ((int) $rows[0]['mails'] >= $contacts) {
                return self::CAP;
            }
        }
        return '';
    }

    /** @return array<int, array{0: int, 1: int}> */
    private static function caps(array $known, array $list): array
    {
        $caps = [[(int) $known['contacts'], (int) $known['days']]];
        if (isset($list[1], $list[2])) {
            $caps[] = [(int) $list[1], (int) $list[2]];
        }
        return $caps;
    }

    private function told(): string
    {
        $rows = $this->rows(
            "SELECT value FROM config WHERE category = 'suitecrmbridge' AND name = 'addressing'",
            []
        );
        return (string) ($rows[0]['value'] ?? '');
    }

    /**
     * @param string[] $ids
     * @return array{0: string, 1: array<string, string>} places in a statement, and what stands there
     */
    private static function places(array $ids): array
    {
        $values = [];
        foreach (array_values($ids) as $place => $id) {
            $values['list' . $place] = $id;
        }
        return [':' . implode(', :', array_keys($values)), $values];
    }

    /** @return array<int, array<string, mixed>> */
    private function rows(string $statement, array $values): array
    {
        $rows = ($this->ask)($statement, $values);
        if (!is_array($rows)) {
            throw new \RuntimeException('The statement failed.');
        }
        return $rows;
    }
}
