<?php

namespace App\Extension\suitecrmbridge\DependencyInjection;

use App\Data\Entity\Record;
use App\Data\Service\Record\ApiRecordMappers\ApiRecordMapperInterface;
use App\FieldDefinitions\Entity\FieldDefinition;

/** Has a record of SuiteCRM 8, where it is read to be shown, say what of the bridge's there is to show. */
final class KnownRecord implements ApiRecordMapperInterface
{
    private const KEY = 'suitecrmbridge-known';
    /** A record that was saved is shown again as it came back. */
    private const MODES = ['retrieve', 'save'];

    /** @var string */
    private $module;
    /** @var Known */
    private $known;

    public function __construct(string $module, Known $known)
    {
        $this->module = $module;
        $this->known = $known;
    }

    public function getKey(): string
    {
        return self::KEY;
    }

    public function getModule(): string
    {
        return $this->module;
    }

    public function getOrder(): int
    {
        return 0;
    }

    public function getModes(): array
    {
        return self::MODES;
    }

    /** Nothing of it is saved. */
    public function toInternal(Record $record, FieldDefinition $fieldDefinitions): void
    {
        $attributes = $record->getAttributes() ?? [];
        $record->setAttributes(array_diff_key($attributes, array_flip(Known::FIELDS[$this->module])));
    }

    public function toExternal(Record $record, FieldDefinition $fieldDefinitions): void
    {
        $id = (string) $record->getId();
        $record->setAttributes($this->known->of($this->module, $id) + ($record->getAttributes() ?? []));
    }
}
