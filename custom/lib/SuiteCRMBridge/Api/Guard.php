<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Makes the user of a token the current user, which SuiteCRM leaves to each custom route. */
final class Guard
{
    /** SuiteCRM itself does not ask whether the user is still active. */
    public function admit(string $token): void
    {
        $user = \BeanFactory::getBean('Users', $this->owner($token));
        if (!$user || empty($user->id) || $user->deleted || $user->status !== 'Active') {
            throw new Refusal('user_inactive');
        }
        $GLOBALS['current_user'] = $user;
    }

    private function owner(string $token): string
    {
        $database = new Database();
        $rows = $database->rows(sprintf(
            'SELECT assigned_user_id FROM oauth2tokens WHERE access_token = %s AND deleted = 0 LIMIT 1',
            $database->text($token)
        ));
        foreach ($rows as $row) {
            return (string) $row['assigned_user_id'];
        }
        throw new Refusal('user_inactive');
    }
}
