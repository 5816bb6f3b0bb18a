<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing;

use SuiteCRM\Custom\SuiteCRMBridge\Admin\Html as Page;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The options of a dashlet, in the form that SuiteCRM's home page sends. */
final class OptionsForm
{
    /**
     * @param array<int, array{name: string, label: string, value: string, choices: array}> $selects
     * @param array{name: string, label: string, ticked: bool} $box
     */
    public static function draw(
        string $id,
        string $titleLabel,
        string $title,
        array $selects,
        array $box,
        string $save
    ): string {
        $form = Html::text('configure_' . $id);
        $rows = self::row(
            $titleLabel,
            '<input type="text" class="text" name="title" maxlength="80" value="' . Html::text($title) . '">'
        );
        foreach ($selects as $select) {
            $rows .= self::row($select['label'], self::select($select));
        }
        $rows .= self::row($box['label'], '<input type="checkbox" value="true" name="' . Html::text($box['name']) . '"'
            . ($box['ticked'] ? ' checked' : '') . '>');
        return "<form name=\"$form\" action=\"index.php\" method=\"post\""
            . " onsubmit=\"return SUGAR.dashlets.postForm('$form', SUGAR.mySugar.uncoverPage);\">"
            . self::hidden(['id' => $id, 'module' => 'Home', 'action' => 'ConfigureDashlet'])
            . self::hidden(['to_pdf' => 'true', 'configure' => 'true'])
            . "<table class=\"edit view\" style=\"width:100%\">$rows</table>"
            . '<input type="submit" class="button" style="' . Page::READABLE . '" value="' . Html::text($save) . '"></form>';
    }

    private static function row(string $label, string $input): string
    {
        return '<tr><td scope="row">' . Html::text($label) . "</td><td>$input</td></tr>";
    }

    private static function select(array $select): string
    {
        $options = '';
        foreach ($select['choices'] as $value => $label) {
            $selected = (string) $value === $select['value'] ? ' selected' : '';
            $options .= '<option value="' . Html::text((string) $value) . "\"$selected>" . Html::text($label)
                . '</option>';
        }
        return '<select name="' . Html::text($select['name']) . "\">$options</select>";
    }

    private static function hidden(array $values): string
    {
        $html = '';
        foreach ($values as $name => $value) {
            $html .= '<input type="hidden" name="' . Html::text($name) . '" value="' . Html::text($value) . '">';
        }
        return $html;
    }
}
