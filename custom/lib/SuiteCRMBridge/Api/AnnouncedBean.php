<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * A record that is saved for its hooks to see a change, and of which only what changed is written.
 *
 * SuiteCRM's own save writes every column as it was read, cleaned, cut and reformatted. Here a save
 * of the class that SuiteCRM has for the module (Notice gives it the name StoredBean) takes place as
 * usual, but for what it would do to the columns, emails and relations that nobody changed.
 */
class AnnouncedBean extends StoredBean
{
    /** What is written whatever else is: ids are never written, and an empty list means all. */
    private const NOTHING = ['id'];

    /** @var callable|null writes the bridge's own fields; null once that is done */
    private $bridgeWrite;
    /** @var callable|null ends the transaction; null once that is done */
    private $bridgeCommit;
    /** @var array<string, mixed> the bridge's own fields */
    private $bridgeOwn = [];
    /** @var array<string, mixed>|null what the columns hold, null before the first hook */
    private $bridgeStored;
    /** @var \DBManager|null SuiteCRM's database while nothing is to be written to it */
    private $bridgeDatabase;

    /**
     * @param array<string, mixed> $values the bridge's own fields, as hooks are to see them
     * @param callable $write writes them into the database
     * @param callable $commit ends the transaction
     */
    public function announce(array $values, callable $write, callable $commit): void
    {
        $this->bridgeOwn = $values;
        $this->bridgeWrite = $write;
        $this->bridgeCommit = $commit;
        $this->bridgeTake($values);
        $this->update_date_modified = false;
        $this->update_modified_by = false;
        // A person or company saves its email addresses anew, but not in a workflow.
        $this->in_workflow = true;
        $this->save(false);
        if ($this->bridgeCommit !== null) {
            throw new \RuntimeException(sprintf('Saving the record %s did not reach its hooks', $this->id));
        }
    }

    /** Takes away what looks like HTML, but only from what is new. */
    public function cleanBean()
    {
        if ($this->bridgeStored === null) {
            return;
        }
        $before = $this->bridgeValues();
        parent::cleanBean();
        foreach (array_diff(array_keys($before), $this->bridgeChanged($before)) as $field) {
            $this->$field = $before[$field];
        }
    }

    /** Leaves related records alone, unless a hook saves the record once more. */
    public function save_relationship_changes($is_update, $exclude = [])
    {
        if ($this->bridgeStored !== null) {
            parent::save_relationship_changes($is_update, $exclude);
        }
    }

    public function call_custom_logic($event, $arguments = null)
    {
        if ($event === 'before_save') {
            $this->bridgeBeforeSave($arguments);
        } elseif ($event === 'after_save') {
            $this->bridgeAfterSave($arguments);
        } else {
            parent::call_custom_logic($event, $arguments);
        }
    }

    private function bridgeBeforeSave($arguments): void
    {
        $isOurs = $this->bridgeStored === null;
        if ($isOurs) {
            $this->bridgeStored = $this->bridgeValues();
            $this->in_workflow = false;
            $this->update_date_modified = true;
            $this->update_modified_by = true;
        }
        parent::call_custom_logic('before_save', $arguments);
        if ($isOurs) {
            $this->bridgeTake($this->bridgeOwn);
            ($this->bridgeWrite)();
            $this->bridgeWrite = null;
        }
        $changed = $this->bridgeChanged($this->bridgeValues());
        if ($isOurs && $changed !== []) {
            // Who reads what was modified since is to find what the hooks changed.
            $changed = array_merge($changed, $this->bridgeStamp($changed));
        }
        $this->bridgeOnly($changed);
    }

    private function bridgeAfterSave($arguments): void
    {
        $this->bean_fields_to_save = null;
        $this->db = $this->bridgeDatabase ?? $this->db;
        $this->bridgeDatabase = null;
        $this->bridgeStored = $this->bridgeValues();
        if ($this->bridgeCommit === null || $this->bridgeWrite !== null) {
            parent::call_custom_logic('after_save', $arguments);
            return;
        }
        // What these hooks do may take long, the search index for one, and nobody shall wait for it.
        ($this->bridgeCommit)();
        $this->bridgeCommit = null;
        try {
            parent::call_custom_logic('after_save', $arguments);
        } catch (\Throwable $failure) {
            // The record is saved, and the audit comes after its hooks.
            Respond::log($failure);
        }
    }

    /** @param string[] $fields what the rest of the save is to write */
    private function bridgeOnly(array $fields): void
    {
        $this->bean_fields_to_save = $fields === [] ? self::NOTHING : $fields;
        if ($fields === []) {
            $this->bridgeDatabase = $this->bridgeDatabase ?? $this->db;
            $this->db = new Unwritten($this->bridgeDatabase);
        }
    }

    /**
     * @param string[] $changed
     * @return string[] what says when and who, unless the hooks have said that themselves
     */
    private function bridgeStamp(array $changed): array
    {
        $stamp = array_diff_key([
            'date_modified' => \TimeDate::getInstance()->nowDb(),
            'modified_user_id' => $GLOBALS['current_user']->id,
        ], array_flip($changed));
        $this->bridgeTake($stamp);
        return array_keys($stamp);
    }

    /** @param array<string, mixed> $values */
    private function bridgeTake(array $values): void
    {
        foreach ($values as $field => $value) {
            $this->$field = $value;
        }
    }

    /** @return array<string, mixed> what the record's columns hold here */
    private function bridgeValues(): array
    {
        $values = [];
        foreach ($this->field_defs as $field => $definition) {
            if ($field !== 'id' && in_array($definition['source'] ?? 'db', ['db', 'custom_fields'], true)) {
                $values[$field] = $this->$field ?? null;
            }
        }
        return $values;
    }

    /**
     * @param array<string, mixed> $values
     * @return string[] the fields of which $values says something else than the columns hold
     */
    private function bridgeChanged(array $values): array
    {
        $changed = [];
        foreach ($values as $field => $value) {
            $isOwn = array_key_exists($field, $this->bridgeOwn);
            if (!$isOwn && self::bridgeText($value) !== self::bridgeText($this->bridgeStored[$field] ?? null)) {
                $changed[] = $field;
            }
        }
        return $changed;
    }

    private static function bridgeText($value): string
    {
        if (is_bool($value)) {
            return $value ? '1' : '0';
        }
        return is_scalar($value) || $value === null ? (string) $value : serialize($value);
    }
}
