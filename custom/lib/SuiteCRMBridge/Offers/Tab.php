<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Offers;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The tab among the pages of one user's home page: their own pages stay as they are, in their order. */
final class Tab
{
    /** Classes of dashlets by column, and the module whose access each asks for. */
    private const COLUMNS = [
        ['width' => '60%', 'dashlets' => ['Call' => 'Contacts', 'Risk' => 'Contacts', 'FollowUp' => 'Cases']],
        ['width' => '40%', 'dashlets' => ['Segments' => 'Contacts', 'Map' => 'Contacts', 'Complaints' => 'Cases']],
    ];
    private const START = '5c0ab51d';

    /** @var string */
    private $user;

    public function __construct(string $user)
    {
        $this->user = $user;
    }

    /** @return array<string, array<string, mixed>> by ids that are the same whenever the tab is made */
    public function dashlets(): array
    {
        $dashlets = [];
        foreach (self::COLUMNS as $column) {
            foreach ($column['dashlets'] as $name => $module) {
                $class = "SuiteCRMBridge{$name}Dashlet";
                $dashlets[$this->id($name)] = [
                    'className' => $class,
                    'module' => $module,
                    'forceColumn' => 0,
                    'fileLocation' => "custom/modules/Home/Dashlets/$class/$class.php",
                    'options' => [],
                ];
            }
        }
        return $dashlets;
    }

    /** @return array<int, array<string, mixed>> the pages with the tab as their last */
    public function with(array $pages, string $title): array
    {
        $pages = $this->without($pages);
        $columns = [];
        foreach (self::COLUMNS as $column) {
            $ids = array_map([$this, 'id'], array_keys($column['dashlets']));
            $columns[] = ['width' => $column['width'], 'dashlets' => $ids];
        }
        $pages[] = ['columns' => $columns, 'pageTitle' => $title, 'numColumns' => (string) count($columns)];
        return $pages;
    }

    /**
     * The pages without the package's dashlets, and without the tab where nothing else is on it.
     *
     * @return array<int, array<string, mixed>>
     */
    public function without(array $pages): array
    {
        $ids = array_keys($this->dashlets());
        $kept = [];
        foreach ($pages as $page) {
            $all = $this->onPage($page);
            $foreign = array_diff($all, $ids);
            if ($all !== $foreign && $foreign === []) {
                continue;
            }
            $kept[] = $all === $foreign ? $page : self::cleared($page, $ids);
        }
        return $kept;
    }

    /** @return array<int, array<string, mixed>> the pages, the tab under another title unless the user gave it one */
    public function renamed(array $pages, string $before, string $title): array
    {
        $ids = array_keys($this->dashlets());
        foreach ($pages as $number => $page) {
            if (($page['pageTitle'] ?? null) === $before && array_intersect($this->onPage($page), $ids) !== []) {
                $pages[$number]['pageTitle'] = $title;
            }
        }
        return $pages;
    }

    private static function cleared(array $page, array $ids): array
    {
        foreach ($page['columns'] as $number => $column) {
            $page['columns'][$number]['dashlets'] = array_values(array_diff($column['dashlets'] ?? [], $ids));
        }
        return $page;
    }

    /** @return string[] ids of the dashlets on a page */
    private function onPage(array $page): array
    {
        $ids = [];
        foreach ($page['columns'] ?? [] as $column) {
            $ids = array_merge($ids, array_values(array_filter($column['dashlets'] ?? [])));
        }
        return $ids;
    }

    private function id(string $name): string
    {
        $parts = str_split(md5("{$this->user} $name"), 4);
        return implode('-', [self::START, $parts[0], $parts[1], $parts[2], $parts[3] . $parts[4] . $parts[5]]);
    }
}
