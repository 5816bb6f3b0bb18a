<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\ComplaintLinks;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Numbers;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Months;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Products;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** A line of the table of products and months, each number leading to its cases. */
final class ComplaintsRow
{
    /** @var ComplaintLinks */
    private $links;
    /** @var string|null */
    private $key;
    /** @var string */
    private $name;

    /** @param string|null $key the product, null: all of them */
    public function __construct(ComplaintLinks $links, ?string $key, string $name)
    {
        $this->links = $links;
        $this->key = $key;
        $this->name = $name;
    }

    /**
     * @param string[] $months as YYYY-MM, oldest first
     * @param array{name: string, total: int, months: array<string, int>} $line
     * @param int $most the number with the full colour; 0: none is coloured
     * @return string[] HTML of the name, the total and each month
     */
    public function cells(array $months, array $line, int $most, string $colour): array
    {
        $name = Html::leading($this->key === null ? '' : $this->links->product($this->key), $this->name);
        $total = Html::leading($this->url($months[0], end($months)), Numbers::whole($line['total']));
        $cells = [$this->key === null ? "<b>$name</b>" : $name, "<b>$total</b>"];
        foreach ($months as $month) {
            $cells[] = $this->cell($month, $line['months'][$month] ?? 0, $most, $colour);
        }
        return $cells;
    }

    public static function month(string $month): string
    {
        $names = explode(' ', Texts::get('dashlet_months'));
        return $names[(int) substr($month, 5) - 1] ?? $month;
    }

    private function cell(string $month, int $count, int $most, string $colour): string
    {
        if ($count === 0) {
            return '<span aria-hidden="true">·</span>';
        }
        $background = $most === 0 ? '' : Html::tint($colour, 0.15 + 0.85 * $count / $most);
        $style = $background === ''
            ? 'color:inherit;' . ($this->key === Products::OTHERS ? '' : 'text-decoration:underline')
            : "background:$background;color:" . Html::inkOn($background);
        $hint = Texts::get('dashlet_complaints_cell', [
            'product' => $this->name,
            'month' => self::month($month),
            'complaints' => Numbers::whole($count),
        ]);
        // Two digits fit even where twelve months share the width of a phone.
        $style = "display:block;padding:2px 0;border-radius:3px;font-size:11px;$style";
        $url = $this->url($month, $month);
        $shown = Html::text(Numbers::whole($count));
        return $url === ''
            ? '<span title="' . Html::text($hint) . "\" style=\"$style\">$shown</span>"
            : Html::link($url, $shown, $style, $hint);
    }

    private function url(string $first, string $last): string
    {
        $days = [Numbers::day(Months::days($first)[0]), Numbers::day(Months::days($last)[1])];
        return $this->key === null
            ? $this->links->between(...$days)
            : $this->links->ofBetween($this->key, $this->name, ...$days);
    }
}
