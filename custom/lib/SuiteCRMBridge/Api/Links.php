<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** GET links/{relationship}: a page of a link table. */
final class Links implements Route
{
    public function answer(Request $request, Output $output): void
    {
        $table = $request->name();
        if (!isset(Catalogue::LINKS[$table])) {
            throw new Refusal('unknown_link', ['name' => $table]);
        }
        $link = Catalogue::LINKS[$table];
        $columns = [
            $link['own_id'] => $table . '.' . $link['crm_own_id'],
            $link['other_id'] => $table . '.' . $link['crm_other_id'],
        ];
        $access = array_filter([
            Access::reachable($columns[$link['own_id']], $link['module']),
            Access::reachable($columns[$link['other_id']], $link['other_module']),
        ]);
        $window = new Window($request->parameters(Window::PARAMETERS), Limits::LINKS);
        $database = new Database();
        $changed = $table . '.date_modified';
        $conditions = array_merge($window->conditions($table, $changed, [$database, 'text']), $access);
        $sql = Keyset::select($table, Keyset::head($table, $changed), $columns, '', $conditions, $window->rows());
        $rows = $database->stream($sql);
        (new Page($output))->write(array_keys($columns), $rows, $window->rows(), $window->bytes());
    }
}
