<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Offers;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** SuiteCRM's roles, and who has them. */
final class Roles
{
    /** @return array<string, string> names by id */
    public static function all(): array
    {
        $roles = [];
        $database = new Database();
        foreach ($database->rows('SELECT id, name FROM acl_roles WHERE deleted = 0 ORDER BY name, id') as $row) {
            $roles[$row['id']] = (string) $row['name'];
        }
        return $roles;
    }

    /**
     * Whether a user has one of these roles, by themselves or through a security group.
     *
     * @param string[] $roles ids; none of them: everybody is meant
     */
    public static function has(string $user, array $roles): bool
    {
        if ($roles === []) {
            return true;
        }
        $database = new Database();
        $owner = $database->text($user);
        $wanted = $database->texts($roles);
        $rows = $database->rows(
            "SELECT role_id FROM acl_roles_users WHERE user_id = $owner AND deleted = 0 AND role_id IN ($wanted)"
            . ' UNION SELECT held.role_id FROM securitygroups_acl_roles held INNER JOIN securitygroups_users member'
            . ' ON member.securitygroup_id = held.securitygroup_id AND member.deleted = 0'
            . " WHERE member.user_id = $owner AND held.deleted = 0 AND held.role_id IN ($wanted)"
        );
        foreach ($rows as $row) {
            return true;
        }
        return false;
    }
}
