<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The SQL expression of each column that a module can be asked for. */
final class Columns
{
    /** Columns that are links: table, own id, other id, table of the other. */
    private const LINKED = [
        'contacts' => ['account_id' => ['accounts_contacts', 'contact_id', 'account_id', 'accounts']],
        'opportunities' => ['account_id' => ['accounts_opportunities', 'opportunity_id', 'account_id', 'accounts']],
    ];
    /** Columns of the primary e-mail address, which SuiteCRM keeps elsewhere. */
    private const EMAIL = ['email1' => 'email_address', 'email_opt_out' => 'opt_out', 'invalid_email' => 'invalid_email'];
    private const SECRET = ['password', 'encrypt'];

    /** @var string */
    private $module;
    /** @var string */
    private $table;
    /** @var array<string, array<string, mixed>> */
    private $definitions;

    /** @param array<string, array<string, mixed>> $definitions the module's vardefs */
    public function __construct(string $module, string $table, array $definitions)
    {
        $this->module = $module;
        $this->table = $table;
        $this->definitions = $definitions;
    }

    /**
     * @param string[] $names
     * @return array<string, string>
     */
    public function expressions(array $names): array
    {
        $found = [];
        foreach ($names as $place => $name) {
            $expression = $this->expression($name);
            if ($expression === null) {
                throw new Refusal('unknown_column', ['module' => $this->module, 'column' => $name], sprintf('columns[%d]', $place));
            }
            $found[$name] = $expression;
        }
        return $found;
    }

    /**
     * The join that custom fields need, '' if none of the expressions holds one.
     *
     * @param string[] $expressions
     */
    public function join(array $expressions): string
    {
        $custom = $this->table . '_cstm';
        foreach ($expressions as $expression) {
            if (strpos($expression, $custom . '.') !== false) {
                return sprintf('LEFT JOIN %1$s ON %1$s.id_c = %2$s.id', $custom, $this->table);
            }
        }
        return '';
    }

    /** When a row changed, which $column says where SuiteCRM leaves date_modified empty. */
    public function changed(string $column): string
    {
        $modified = $this->table . '.date_modified';
        return $column === 'date_modified' ? $modified : sprintf('COALESCE(%s, %s.%s)', $modified, $this->table, $column);
    }

    private function expression(string $name): ?string
    {
        $definition = $this->definitions[$name] ?? null;
        if ($definition === null || in_array($definition['type'] ?? '', self::SECRET, true)) {
            return null;
        }
        if (isset(self::EMAIL[$name])) {
            return $this->email(self::EMAIL[$name]);
        }
        if (isset(self::LINKED[$this->table][$name])) {
            return $this->linked(...self::LINKED[$this->table][$name]);
        }
        $source = $definition['source'] ?? 'db';
        if ($source === 'custom_fields') {
            return sprintf('%s_cstm.%s', $this->table, $name);
        }
        return $source === 'db' ? sprintf('%s.%s', $this->table, $name) : null;
    }

    /** A scalar subquery, because a record linked twice must not come twice. */
    private function linked(string $link, string $own, string $other, string $target): string
    {
        return sprintf(
            '(SELECT %1$s.%3$s FROM %1$s JOIN %4$s ON %4$s.id = %1$s.%3$s AND %4$s.deleted = 0'
            . ' WHERE %1$s.%2$s = %5$s.id AND %1$s.deleted = 0'
            . ' ORDER BY %1$s.date_modified DESC, %1$s.id LIMIT 1)',
            $link,
            $own,
            $other,
            $target,
            $this->table
        );
    }

    private function email(string $column): string
    {
        return sprintf(
            '(SELECT email_addresses.%3$s FROM email_addr_bean_rel'
            . ' JOIN email_addresses ON email_addresses.id = email_addr_bean_rel.email_address_id'
            . ' AND email_addresses.deleted = 0'
            . " WHERE email_addr_bean_rel.bean_id = %1\$s.id AND email_addr_bean_rel.bean_module = '%2\$s'"
            . ' AND email_addr_bean_rel.deleted = 0 AND email_addr_bean_rel.primary_address = 1'
            . ' ORDER BY email_addr_bean_rel.date_modified DESC, email_addr_bean_rel.id LIMIT 1)',
            $this->table,
            $this->module,
            $column
        );
    }
}
